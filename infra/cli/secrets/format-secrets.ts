import { formatTime } from '../../../lib/dashboard/run-text.ts';
import type { ListedSecret } from './list-secrets.ts';
import { kebabName } from './secret-spelling.ts';

export const secretsHead = ['NAME', 'STATE', 'CHANGED (UTC)', 'AGE', 'VALUE BEFORE', 'FOR'];

/** @param now milliseconds since the epoch */
export function secretRow(secret: ListedSecret, now: number): string[] {
  const { changedAt, name, previousCounts, rotating, state, use } = secret;
  return [
    kebabName(name),
    rotating ? `${state}, rotation not finished` : state,
    changedAt === null ? '' : formatTime(changedAt),
    changedAt === null ? '' : formatAge(now - Date.parse(changedAt)),
    previousCounts ? 'counts, too' : '',
    use,
  ];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** `3 days`, `5 h`, `less than 1 h`. @param ms milliseconds */
export function formatAge(ms: number): string {
  const days = Math.floor(ms / dayMs);
  if (days >= 1) return days === 1 ? '1 day' : `${days} days`;
  const hours = Math.floor(ms / hourMs);
  return hours >= 1 ? `${hours} h` : 'less than 1 h';
}
