import type { BudgetDecision, Refused } from './budget-decision.ts';
import type { UsedStarts } from './used-starts.ts';

export type NotGranted = Exclude<BudgetDecision, { kind: 'granted' }>;

interface Used {
  used: number;
  allowed: number;
}

/** The settings by which a limit is raised. */
const settings = {
  concurrent: 'agents.budget.concurrent',
  'repository-concurrent': 'agents.budget.concurrentPerRepository',
  minute: 'agents.budget.startsPerMinute',
  day: 'agents.budget.startsPerDay',
  'repository-day': 'agents.budget.startsPerDayPerRepository',
  cause: 'agents.budget.attemptsPerCause',
} as const;

/** @param pause `since`: ISO 8601 UTC */
export function pausedRefusal({ since }: { since: string }): Refused {
  const reason = `No agent is started: paused since ${minuteText(since)}, until \`cicd resume\`.`;
  return { kind: 'refused', limit: 'paused', reason, retryAt: null };
}

export function startsRefusal(
  limit: 'cause' | 'day' | 'repository-day',
  { allowed, repository, roomAt, used, wanted }: UsedStarts & { repository: string },
): Refused | undefined {
  if (used + wanted <= allowed) return undefined;
  const setting = settings[limit];
  if (roomAt === null) {
    const reason = `${setting} is ${allowed}${tooFew({ allowed, wanted })}: no agent is started.`;
    return { kind: 'refused', limit, reason, retryAt: null };
  }
  const whose = { cause: ' for what was asked', day: '', 'repository-day': ` for ${repository}` };
  const next = wanted === 1 ? 'the next is' : `the ${wanted} of an analysis are`;
  const reason = [
    `${used} of ${allowed} agent runs of the last 24 hours${whose[limit]} are used;`,
    `${next} possible at ${timeText(roomAt)}, or with a higher ${setting}.`,
  ].join(' ');
  return { kind: 'refused', limit, reason, retryAt: new Date(roomAt).toISOString() };
}

function tooFew({ allowed, wanted }: { allowed: number; wanted: number }): string {
  return allowed > 0 ? `, and an analysis asks ${wanted} agents or none` : '';
}

export function rateWait({ allowed, used }: Used): NotGranted | undefined {
  if (used < allowed) return undefined;
  const reason = `${used} of ${allowed} starts of a minute are used: waits a moment (${settings.minute}).`;
  return { kind: 'wait', limit: 'minute', reason };
}

export function placesWait(
  limit: 'concurrent' | 'repository-concurrent',
  { allowed, repository, used }: Used & { repository: string },
): NotGranted | undefined {
  if (used < allowed) return undefined;
  const whose = limit === 'concurrent' ? '' : ` for ${repository}`;
  const reason = `${used} of ${allowed} agents are at work${whose}: waits for a free place (${settings[limit]}).`;
  return { kind: 'wait', limit, reason };
}

/** To the minute, not too early. @param at milliseconds since the epoch */
function timeText(at: number): string {
  return minuteText(new Date(Math.ceil(at / 60_000) * 60_000).toISOString());
}

/** @param iso ISO 8601 UTC */
function minuteText(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
