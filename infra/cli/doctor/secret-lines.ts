import { formatAge } from '../secrets/format-secrets.ts';
import type { ListedSecret } from '../secrets/list-secrets.ts';
import { kebabName } from '../secrets/secret-spelling.ts';
import { isWebhookSecret } from '../webhooks/webhook-secret.ts';
import { ok, problem, warning, type CheckLine } from './check-line.ts';

/**
 * The secrets that are set, and those that the configuration needs; `cicd secrets ls` has the others as well.
 * @param now milliseconds since the epoch
 */
export function judgeSecrets(secrets: readonly ListedSecret[], now: number): CheckLine[] {
  return secrets.flatMap((secret) => judgeSecret(secret, now));
}

function judgeSecret(
  { changedAt, name, previousCounts, rotating, state, use }: ListedSecret,
  now: number,
): CheckLine[] {
  const spelled = kebabName(name);
  const place = { area: 'Secrets', subject: spelled } as const;
  if (state === 'needed') {
    const advice = isWebhookSecret(name)
      ? 'cicd webhooks register makes it'
      : `cicd secrets set ${spelled}`;
    return [problem(place, `not set: ${use}`, advice)];
  }
  if (state === 'absent') {
    return [warning(place, 'the stack has no such secret', 'npx cdk deploy makes it')];
  }
  if (changedAt === null) return [];
  const age = formatAge(now - Date.parse(changedAt));
  const detail = `set, ${age} old${previousCounts ? ', the value before counts, too' : ''}`;
  if (!rotating) return [ok(place, detail)];
  const advice = `cicd secrets rotate ${spelled}`;
  return [warning(place, `${detail}; its rotation has not come to its end`, advice)];
}
