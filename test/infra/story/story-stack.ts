import { beforeAll, expect, onTestFinished } from 'vitest';
import { answerTo } from '../../builders/agent-answers.ts';
import { startCodegenServer, type CodegenServer } from '../../support/codegen/codegen-server.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import { createTestApp } from '../../support/github/test-app.ts';
import { startLinearServer, type LinearServer } from '../../support/linear/linear-server.ts';
import { testSecret, type SignedDelivery } from '../../support/signed-delivery.ts';
import { startStack, type RunningStack } from '../harness/stack.ts';
import { sharedSynthesis } from '../harness/template/shared-synthesis.ts';
import { placeholders, type Synthesised } from '../harness/template/synthesise.ts';

/** A deployed stack between the GitHub and the Linear of a team, which has agents at Codegen. */
export interface StoryStack extends RunningStack {
  codegen: CodegenServer;
  github: GithubServer;
  linear: LinearServer;
}

/** Two modules with something to find, and one of another component. */
const shopFiles = {
  'orders/total.py': 'import os\n\n\ndef total(prices, cache={}):\n    return sum(prices)\n',
  'orders/print_total.py': 'from orders.total import total\n\nprint(total([1, 2]))\n',
  'billing/invoice.py': 'def invoice(total):\n    return {"total": total}\n',
};

const config = {
  linear: { doneLabel: 'analysed' },
  // Nobody waits for a place.
  agents: { budget: { concurrent: 6, concurrentPerRepository: 6 } },
  repositories: [
    {
      name: 'acme/shop',
      source: 'github' as const,
      analyseOnPush: true,
      githubReport: 'check-run' as const,
      components: { orders: ['orders/**'], billing: ['billing/**'] },
    },
  ],
};

/** For all stories of a file: a pair of keys takes long to find. */
const app = createTestApp();

const synthesisLimitMs = 120_000;
let story: Synthesised | undefined;

/** Call it in a test file: the first of all files synthesises the stack, which takes longer than a test may. */
export function useStory(): void {
  beforeAll(async () => {
    story = await sharedSynthesis(config);
  }, synthesisLimitMs);
}

/** The stack of the story. */
export function storySynthesis(): Synthesised {
  if (story === undefined) throw new Error('useStory() was not called');
  return story;
}

export interface StoryOptions {
  /** Default: that of the story. */
  from?: Synthesised;
  /** In place of what the secrets usually hold, by their names in kebab case; null: not set. */
  secrets?: Readonly<Record<string, string | null>>;
  /** Whether the secrets of Codegen are set. Default: false. */
  agents?: boolean;
}

/**
 * Runs the stack until the test has finished. Nothing may then have been refused by a policy, nor asked of
 * AWS, GitHub, Linear or Codegen in a way that they would not take: `expectClean` looks.
 */
export async function startStoryStack({
  agents = false,
  from = storySynthesis(),
  secrets = {},
}: StoryOptions = {}): Promise<StoryStack> {
  const codegen = await startCodegenServer();
  codegen.behave(({ prompt }) => ({ result: answerTo(prompt, { summary: 'Small and plain.' }) }));
  onTestFinished(() => codegen.close());
  const linear = await startLinearServer({ issues: ['Look at orders'] });
  const github = await startGithubServer({
    app: app.seed,
    repositories: [{ name: 'acme/shop', private: true, files: shopFiles }],
  });
  const addresses = {
    [placeholders.github]: github.url,
    [placeholders.linear]: linear.url,
    [placeholders.codegen]: codegen.url,
  };
  const stack = await startStack(from, { addresses });
  onTestFinished(() => stack.stop());
  const values = {
    'github-app-id': String(app.seed.id),
    'github-app-private-key': app.privateKey,
    'github-webhook-secret': testSecret,
    'linear-api-key': linear.credentials.apiKey,
    'linear-client-id': linear.credentials.clientId,
    'linear-client-secret': linear.credentials.clientSecret,
    'linear-webhook-secret': testSecret,
    ...(agents && { 'codegen-api-token': codegen.token, 'codegen-org-id': codegen.orgId }),
    ...secrets,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) await stack.setSecret(name, value);
  }
  return { ...stack, codegen, github, linear };
}

/** Nobody did what the template, AWS, GitHub, Linear or Codegen does not allow. */
export function expectClean({ aws, codegen, denied, github, linear }: StoryStack): void {
  expect([...denied, ...aws.violations, ...codegen.violations]).toEqual([]);
  expect([...github.violations, ...linear.violations, ...linear.duplicates]).toEqual([]);
}

/** Hands a delivery over as its sender would. */
export async function send(
  { url }: StoryStack,
  sender: 'github' | 'linear',
  { body, headers }: SignedDelivery,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/webhooks/${sender}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** Ids of the deliveries that the bus has taken, in order. */
export function deliveredIds({ aws, outputs }: StoryStack): unknown[] {
  return aws.events.events(outputs.Bus).map(({ detail }) => detail['deliveryId']);
}
