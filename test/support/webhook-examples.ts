import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);

const examplesSchema = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
);

export interface WebhookExample {
  /** As in the header `X-GitHub-Event`. */
  event: string;
  payload: Record<string, unknown>;
}

/** All recorded payloads of GitHub's webhooks: 329 of 58 events. */
export function listGithubExamples(): WebhookExample[] {
  const file = require.resolve('@octokit/webhooks-examples/api.github.com/index.json');
  return examplesSchema
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));
}
