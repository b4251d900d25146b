import { isCriticised } from '../../count-change.ts';
import type { Finding } from '../../finding.ts';
import type { IntegrationPoint, Module } from '../../report.ts';
import { promptLine } from './untrusted-block.ts';

/**
 * How evidence is told to an agent, a line each. Names and messages come from the analysed code.
 */

const longestName = 200;

function name(text: string): string {
  return promptLine(text, longestName);
}

export function findingLine({ confidence, line, message, path, rule, severity }: Finding): string {
  const certainty = confidence === 'high' ? '' : `, ${confidence} confidence`;
  return `${severity}${certainty} · ${name(path)}:${line} · ${rule} · ${message}`;
}

/** Of one rule: a hundred alike would leave no room for others. */
const mostOfOneRule = 8;

/**
 * The findings that are worth an agent's time, most serious first.
 * @param findings most serious first
 */
export function tellingFindings(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, number>();
  return findings.filter(isCriticised).filter(({ rule }) => {
    const before = told.get(rule) ?? 0;
    told.set(rule, before + 1);
    return before < mostOfOneRule;
  });
}

export function moduleLine(module: Module): string {
  const { fanIn, fanOut, instability, lines, maxComplexity, path } = module;
  const figures = [
    `imported by ${fanIn}`,
    `imports ${fanOut}`,
    ...(instability === null ? [] : [`instability ${instability.toFixed(2)}`]),
    `${lines} lines`,
    `highest complexity ${maxComplexity}`,
  ];
  return `${name(path)}: ${figures.join(', ')}`;
}

const modulesOfCycle = 8;

export function cycleLine(cycle: readonly string[]): string {
  const shown = cycle.slice(0, modulesOfCycle).map(name);
  const cut = cycle.length > shown.length ? ['…'] : [];
  return [...shown, ...cut, ...shown.slice(0, 1)].join(' → ');
}

export function pointLine(point: IntegrationPoint): string {
  const { alsoAt, detail, kind, line, path } = point;
  const shownDetail = detail === null ? '' : ` (${name(detail)})`;
  const more = alsoAt.length === 0 ? '' : ` and ${alsoAt.length} more`;
  const handling = failureWords(point);
  const failure = handling.length === 0 ? '' : ` · ${handling.join(', ')}`;
  return `${kind} · ${name(point.name)}${shownDetail} at ${name(path)}:${line}${more}${failure}`;
}

const handlingWords: Record<NonNullable<IntegrationPoint['errorHandling']>, string> = {
  handled: 'errors are handled',
  swallowed: 'errors are dropped',
  none: 'errors are left to the caller',
};

function failureWords({ errorHandling, timeout }: IntegrationPoint): string[] {
  return [
    ...(errorHandling === null ? [] : [handlingWords[errorHandling]]),
    ...(timeout === null ? [] : [timeout ? 'has a time limit' : 'no time limit']),
  ];
}
