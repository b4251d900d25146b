import { agentProviderNames } from '../../../lib/domain/agents/agent-run.ts';
import { ConfigError, messageOf, UpstreamError } from '../../../lib/domain/errors.ts';
import { explainAwsError, missingRight } from '../stack/explain-aws-error.ts';

export type CheckState =
  | 'ok'
  /** Works, but not for long or not in full. */
  | 'warning'
  | 'problem'
  /** Not set up, and nothing in the configuration needs it. */
  | 'off';

export const checkAreas = [
  'Credentials',
  'Secrets',
  'Repositories',
  'Linear',
  'Agents',
  'Webhooks',
  'Host',
  'Stack',
] as const;

/** One thing that `cicd doctor` has looked at. */
export interface CheckLine {
  area: (typeof checkAreas)[number];
  subject: string;
  state: CheckState;
  detail: string;
  /** What to do; for every state but `ok` and `off`. */
  advice?: string;
}

export type Place = Pick<CheckLine, 'area' | 'subject'>;

export function ok(place: Place, detail: string): CheckLine {
  return { ...place, state: 'ok', detail };
}

export function off(place: Place, detail: string): CheckLine {
  return { ...place, state: 'off', detail };
}

export function warning(place: Place, detail: string, advice: string): CheckLine {
  return { ...place, state: 'warning', detail, advice };
}

export function problem(place: Place, detail: string, advice: string): CheckLine {
  return { ...place, state: 'problem', detail, advice };
}

/** One service that fails does not hide the others: its failure is a line of its own. */
export async function orFailure(
  place: Place,
  check: () => Promise<CheckLine[]>,
): Promise<CheckLine[]> {
  try {
    return await check();
  } catch (error) {
    return [failure(place, error)];
  }
}

const operatorRights =
  'infra/operator-policies/reading.json allows to look, and steering.json to use the secrets';

/** What adapters throw says first what is wrong, and then what a person can do. */
export function failure(place: Place, error: unknown): CheckLine {
  if (error instanceof ConfigError) {
    return problem(place, error.problems.join('; '), 'correct it where it is set');
  }
  const right = missingRight(error);
  if (right !== undefined) return warning(place, `not checked: ${right}`, operatorRights);
  const message = explainAwsError(error) ?? messageOf(error);
  const [, detail = message, advice] = /^(.+?\.)\s+(\p{Lu}.*)$/su.exec(message) ?? [];
  return problem(place, detail, advice ?? adviceFor(error));
}

/** Rights are in README for where they can be chosen; what a provider of agents gives is its own matter. */
function adviceFor(error: unknown): string {
  if (!(error instanceof UpstreamError)) return compareRights;
  if (error.retryable) return 'try again in a few minutes';
  return agentProviders.has(error.service)
    ? 'correct it in .env or cicd.config.ts, or look at your account there'
    : compareRights;
}

const compareRights = 'compare the rights with those in README.md';
const agentProviders: ReadonlySet<string> = new Set(agentProviderNames);
