import { z } from 'zod';
import { testCredentials } from './access.ts';

const bodySchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z
        .object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).default({}) })
        .loose(),
    )
    .default([]),
});

export type LinearAnswer = z.infer<typeof bodySchema> & { status: number; headers: Headers };

/** Asks the server as a client without any library would. */
export async function ask(
  { url }: { url: string },
  query: string,
  {
    variables = {},
    authorization = testCredentials.apiKey,
  }: { variables?: Record<string, unknown>; authorization?: string } = {},
): Promise<LinearAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { status, headers } = answer;
  return { status, headers, ...bodySchema.parse(await answer.json()) };
}
