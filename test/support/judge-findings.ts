import type { Finding, Topic } from '../../lib/domain/finding.ts';
import { severities } from '../../lib/domain/finding.ts';
import type { Defect, Labels, Mark, Place } from './labels.ts';

/** A finding may sit this many lines beside its label: tools differ in where they point. */
const TOLERANCE = 1;

export interface Judgement {
  found: Defect[];
  missed: Defect[];
  /** Findings above `info` that match neither a defect nor an accepted mark. */
  falseAlarms: Finding[];
  /** Findings above `info`, the false alarms included. */
  findings: Finding[];
  /** Traps that a false alarm sits on. */
  sprungTraps: Mark[];
}

/**
 * Holds findings against labels.
 *
 * A defect is found when a finding of one of its topics, of its least severity or above, lies
 * within one line of one of its places. Each finding finds one defect at most, so that it cannot
 * stand for two neighbours. A finding above `info` is a false alarm when it lies in a trap of its
 * topic (unless a defect has that very line), or near no defect and no accepted mark of its topic.
 */
export function judgeFindings(findings: readonly Finding[], labels: Labels): Judgement {
  const found = findDefects(findings, labels.defects);
  const serious = findings.filter((finding) => finding.severity !== 'info');
  const falseAlarms = serious.filter((finding) => isFalseAlarm(finding, labels));
  return {
    found: labels.defects.filter((defect) => found.has(defect)),
    missed: labels.defects.filter((defect) => !found.has(defect)),
    falseAlarms,
    findings: serious,
    sprungTraps: labels.traps.filter((trap) => falseAlarms.some((one) => isOn(one, trap))),
  };
}

/** Recall and precision, 0 to 1; null where there was nothing to find or nothing was reported. */
export function accuracy(
  judgement: Judgement,
  topic?: Topic,
): { recall: number | null; precision: number | null } {
  const count = (items: readonly { topic: Topic }[]) =>
    items.filter((item) => topic === undefined || item.topic === topic).length;
  const defects = count(judgement.found) + count(judgement.missed);
  const findings = count(judgement.findings);
  return {
    recall: defects === 0 ? null : count(judgement.found) / defects,
    precision: findings === 0 ? null : 1 - count(judgement.falseAlarms) / findings,
  };
}

function findDefects(findings: readonly Finding[], defects: readonly Defect[]): Set<Defect> {
  const pairs = defects
    .flatMap((defect) =>
      findings
        .filter((finding) => isAbout(finding, defect) && isSevereEnough(finding, defect))
        .map((finding) => ({ defect, finding, distance: distanceTo(finding, defect) })),
    )
    .filter(({ distance }) => distance <= TOLERANCE)
    .toSorted((a, b) => a.distance - b.distance);
  const found = new Set<Defect>();
  const used = new Set<Finding>();
  for (const { defect, finding } of pairs) {
    if (found.has(defect) || used.has(finding)) continue;
    found.add(defect);
    used.add(finding);
  }
  return found;
}

function isFalseAlarm(finding: Finding, labels: Labels): boolean {
  const distances = [
    ...labels.defects
      .filter((defect) => isAbout(finding, defect))
      .map((defect) => distanceTo(finding, defect)),
    ...labels.accepted
      .filter((mark) => mark.topics.some((topic) => topic === 'any' || topic === finding.topic))
      .map((mark) => linesBetween(finding, mark)),
  ];
  const nearest = Math.min(...distances);
  if (nearest === 0) return false;
  return nearest > TOLERANCE || labels.traps.some((trap) => isOn(finding, trap));
}

function isAbout(finding: Finding, defect: Defect): boolean {
  return finding.topic === defect.topic || defect.orTopics.includes(finding.topic);
}

function isSevereEnough(finding: Finding, defect: Defect): boolean {
  return severities.indexOf(finding.severity) <= severities.indexOf(defect.severityAtLeast);
}

function isOn(finding: Finding, mark: Mark): boolean {
  const sameTopic = mark.topics.some((topic) => topic === 'any' || topic === finding.topic);
  return sameTopic && linesBetween(finding, mark) === 0;
}

function distanceTo(finding: Finding, defect: Defect): number {
  return Math.min(...[defect, ...defect.alsoAt].map((place) => linesBetween(finding, place)));
}

/** 0 within the place's lines, infinite in another file. */
function linesBetween(finding: Finding, place: Place): number {
  if (finding.path !== place.path) return Number.POSITIVE_INFINITY;
  const [from, to] = place.lines;
  return Math.max(0, from - finding.line, finding.line - to);
}
