import { showAddress, webhookAddress } from '../../../lib/domain/webhook-addresses.ts';
import type { SecretPresence } from '../../../lib/ports/secret-store.ts';
import { ok, type CheckLine } from '../doctor/check-line.ts';
import { area } from './webhook-lines.ts';

/**
 * Of agent sessions only the app's own webhook tells: a setting of the app, which nobody can read or make by
 * requests. So it is said how it has to be.
 * @param base where senders reach this host; undefined where that is not known
 * @returns nothing where there is no app
 */
export async function describeSessionWebhook(
  secrets: SecretPresence,
  base: string | undefined,
): Promise<CheckLine[]> {
  const isApp =
    (await secrets.isSet('LINEAR_CLIENT_ID')) && (await secrets.isSet('LINEAR_CLIENT_SECRET'));
  if (!isApp) return [];
  const address =
    base === undefined ? '…/webhooks/linear' : showAddress(webhookAddress(base, 'linear', ''));
  const detail =
    'found every 15 minutes; at once where the webhook of the app itself, which cannot be seen from here, sends ' +
    `“Agent session events” to ${address} and signs with LINEAR_WEBHOOK_SECRET`;
  return [ok({ area, subject: 'Linear agent sessions' }, detail)];
}
