import { integrationKinds } from '../../../domain/finding.ts';
import { shorten } from '../../../domain/plain-text.ts';
import type { IntegrationPoint, Report } from '../../../domain/report.ts';
import type { Section } from './fit-sections.ts';
import { formatPlace } from './format-matter.ts';
import { code, plural } from './markdown-text.ts';

type Kind = IntegrationPoint['kind'];

const kindNames: Record<Kind, readonly [one: string, many: string]> = {
  'http-api': ['HTTP call', 'HTTP calls'],
  database: ['database call', 'database calls'],
  network: ['network call', 'network calls'],
  subprocess: ['subprocess', 'subprocesses'],
  'file-system': ['file access', 'file accesses'],
  configuration: ['setting', 'settings'],
  library: ['library', 'libraries'],
};

/** What answers late or not at all for reasons that lie outside the machine. */
const remoteKinds: ReadonlySet<Kind> = new Set(['http-api', 'database', 'network']);

const pointsShown = 6;
const longestDetail = 80;

/** What the component touches outside, and which of it goes wrong without anybody noticing. */
export function integrationSection({ integrationPoints: points }: Report): Section[] {
  if (points.length === 0) return [];
  const careless = points
    .map((point) => ({ point, lacks: whatLacks(point) }))
    .filter(({ lacks }) => lacks.length > 0)
    .toSorted((a, b) => urgency(a) - urgency(b));
  const head = `#### Integration points\n\n${countKinds(points)}`;
  if (careless.length === 0) return [{ head }];
  const lines = careless
    .slice(0, pointsShown)
    .map(({ lacks, point }) => `- ${formatPoint(point)} — ${lacks.join(', ')}`);
  return [{ head: `${head} Look at these:\n`, lines, total: careless.length }];
}

/** `5 HTTP calls, 2 libraries.` */
function countKinds(points: readonly IntegrationPoint[]): string {
  const parts = integrationKinds.flatMap((kind) => {
    const ofKind = points.filter((point) => point.kind === kind).length;
    return ofKind === 0 ? [] : [plural(ofKind, ...kindNames[kind])];
  });
  return `${parts.join(', ')}.`;
}

/** What reads and writes files may well leave it to the caller to say what went wrong. */
function whatLacks({ errorHandling, kind, timeout }: IntegrationPoint): string[] {
  return [
    ...(timeout === false ? ['no time limit'] : []),
    ...(errorHandling === 'swallowed' ? ['errors are dropped'] : []),
    ...(errorHandling === 'none' && remoteKinds.has(kind) ? ['errors are left to the caller'] : []),
  ];
}

function urgency({ lacks, point }: { lacks: readonly string[]; point: IntegrationPoint }): number {
  return (point.timeout === false ? 0 : 2) - (lacks.length > 1 ? 1 : 0);
}

function formatPoint({ alsoAt, detail, line, name, path }: IntegrationPoint): string {
  const shownDetail = detail === null ? '' : ` ${code(shorten(detail, longestDetail))}`;
  const more = alsoAt.length === 0 ? '' : ` and ${plural(alsoAt.length, 'more place')}`;
  const shownName = code(shorten(name, longestDetail));
  return `${shownName}${shownDetail} at ${formatPlace({ line, path })}${more}`;
}
