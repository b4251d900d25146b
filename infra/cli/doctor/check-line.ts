import { messageOf } from '../../../lib/domain/errors.ts';

export type CheckState =
  | 'ok'
  /** Works, but not for long or not in full. */
  | 'warning'
  | 'problem'
  /** Not set up, and nothing in the configuration needs it. */
  | 'off';

/** One thing that `cicd doctor` has looked at. */
export interface CheckLine {
  area: 'Credentials' | 'Repositories' | 'Linear' | 'Webhooks' | 'Host';
  subject: string;
  state: CheckState;
  detail: string;
  /** What to do; for every state but `ok` and `off`. */
  advice?: string;
}

type Place = Pick<CheckLine, 'area' | 'subject'>;

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
    // What adapters throw says by itself what a person can do.
    return [{ ...place, state: 'problem', detail: messageOf(error), advice: 'see the message' }];
  }
}
