import { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import {
  final,
  inItsWords,
  type Refusal,
  type ServiceName,
} from '../../runtime/json-service/refusals.ts';

export const codegen = { title: 'Codegen', service: 'codegen' } as const satisfies ServiceName;

/** Both shapes of errors: the API's description has `message`, its own client reads `detail`. */
const errorSchema = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z
    .object({
      detail: z.array(
        z.object({ loc: z.array(z.union([z.string(), z.number()])).catch([]), msg: z.string() }),
      ),
    })
    .transform(({ detail }) => detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ')),
]);

/** What Codegen says to people; null where it says nothing. */
function wordsIn(body: unknown): string | null {
  return errorSchema.safeParse(body).data ?? null;
}

/**
 * Says what a person can do about it.
 * @param missing what it means that something is not there (404)
 */
export function explainRefusal(refusal: Refusal, missing: string): UpstreamError {
  const { status } = refusal;
  const says = inItsWords(wordsIn(refusal.body), refusal);
  return final(codegen, `${meaningOf(status, missing)}${status === 401 ? '' : says}`, status);
}

function meaningOf(status: number, missing: string): string {
  switch (status) {
    case 401:
      return `Codegen does not accept CODEGEN_API_TOKEN (401). ${advice.token}`;
    case 402:
      return `The agent runs of your Codegen plan are used up (402). ${advice.quota}`;
    case 403:
      return `Codegen denies access (403). ${advice.organisation}`;
    case 404:
      return `${missing} (404).`;
    default:
      return `Codegen does not accept what it was asked (${status}).`;
  }
}

const advice = {
  token: 'It is wrong, expired or revoked: set a new one.',
  quota: "Raise the plan in Codegen's billing settings, or wait for the next period.",
  organisation:
    'CODEGEN_ORG_ID must be an organisation that the owner of CODEGEN_API_TOKEN belongs to.',
};
