import { z } from 'zod';
import type { UpstreamError } from '../../domain/errors.ts';
import {
  final,
  inItsWords,
  passing,
  type Refusal,
  type ServiceName,
} from '../../runtime/json-service/refusals.ts';

export const cursor = { title: 'Cursor', service: 'cursor' } as const satisfies ServiceName;

const problemSchema = z.object({
  code: z.string().nullable().catch(null),
  message: z.string().nullable().catch(null),
});
type Problem = z.infer<typeof problemSchema>;

/** Errors come by themselves or within `error`. */
const bodySchema = z.union([
  z.object({ error: problemSchema }).transform((body) => body.error),
  problemSchema,
]);

function problemIn(body: unknown): Problem {
  return bodySchema.safeParse(body).data ?? { code: null, message: null };
}

/**
 * Says what a person can do about it.
 * @param missing what it means that something is not there (404)
 */
export function explainRefusal(refusal: Refusal, missing: string): UpstreamError {
  const { status } = refusal;
  const { code, message } = problemIn(refusal.body);
  const says = status === 401 ? '' : inItsWords(message, refusal);
  if (status === 409) {
    const who = code === 'agent_busy' ? 'The agent at Cursor' : 'Cursor, on the same request,';
    return passing(cursor, `${who} is still at work (409).${says}`, status);
  }
  const meaning = code === 'integration_not_connected' ? notConnected : meaningOf(status, missing);
  return final(cursor, `${meaning}${says}`, status);
}

const advice = {
  connect: "connect GitHub in Cursor's dashboard, under Integrations.",
  key: 'It is wrong or was revoked: set a new one.',
  limit: "Raise the limit in Cursor's dashboard.",
  rights: 'The owner of CURSOR_API_KEY needs cloud agents, and access to the repository.',
};

const notConnected = `Cursor is not connected to where the repository is: ${advice.connect}`;

function meaningOf(status: number, missing: string): string {
  switch (status) {
    case 401:
      return `Cursor does not accept CURSOR_API_KEY (401). ${advice.key}`;
    case 402:
      return `The usage that your Cursor plan includes is used up (402). ${advice.limit}`;
    case 403:
      return `Cursor denies access (403). ${advice.rights}`;
    case 404:
      return `${missing} (404).`;
    default:
      return `Cursor does not accept what it was asked (${status}).`;
  }
}
