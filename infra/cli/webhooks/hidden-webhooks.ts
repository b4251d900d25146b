import { UpstreamError } from '../../../lib/domain/errors.ts';

/** Webhooks that we may not see count as none. */
export async function listVisible<Webhook>(list: () => Promise<Webhook[]>): Promise<Webhook[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof UpstreamError && isRefusal(error)) return [];
    throw error;
  }
}

/** GitHub hides by 404 what it does not refuse by 403; a limit has the status 403, too, and passes. */
function isRefusal({ retryable, status }: UpstreamError): boolean {
  return !retryable && (status === 403 || status === 404);
}
