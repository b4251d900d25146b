import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunDetail } from '../../../lib/domain/run.ts';
import type { ConfigInput } from '../../../lib/runtime/config-schema.ts';
import { startGithubServer, type GithubServer } from '../../support/github/github-server.ts';
import type { AppSeed } from '../../support/github/seed.ts';
import { createTestApp } from '../../support/github/test-app.ts';
import { listRuns, untilEnded } from '../../support/host-client.ts';
import { listDeliveries, sendDelivery } from '../../support/ingress-host.ts';
import { startLinearServer, type LinearServer } from '../../support/linear/linear-server.ts';
import type { WebhookPayload } from '../../support/linear/entities.ts';
import type { LinearSeed } from '../../support/linear/world.ts';
import { linearDelivery, testSecret } from '../../support/signed-delivery.ts';
import { startTestHost, type RunningHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** Linear, GitHub and the project of a team that uses both. */
export interface StoryWorld {
  linear: LinearServer;
  github: GithubServer;
  /** `acme/shop` */
  repositories: string[];
  /** Where the project and its data are. */
  folder: string;
  /** Starts the host; the data folder outlives it. */
  startHost(): Promise<RunningHost>;
}

/** Two modules with something to find. */
export const shopFiles = {
  'orders/total.py': [
    'import os',
    'import requests',
    '',
    '',
    'def total(prices, cache={}):',
    '    try:',
    '        rate = requests.get("https://rates.example/eur").json()["rate"]',
    '    except Exception:',
    '        pass',
    '    return sum(prices)',
    '',
  ].join('\n'),
  'orders/print_total.py': 'from orders.total import total\n\nprint(total([1, 2]))\n',
  'billing/invoice.py': 'def invoice(total):\n    return {"total": total}\n',
  'README.md': '# Shop\n',
};

export interface StoryOptions {
  /** Titles of the sub-issues of the tracking issue ENG-1: ENG-2, ENG-3, … Default: one about `orders`. */
  issues?: string[];
  linear?: Partial<LinearSeed>;
  /** Where GitHub shows the outcome. Default: in a check run. */
  githubReport?: 'check-run' | 'none';
  /** Each in a repository of its own of the same name. Default: `orders` and `billing` of `acme/shop`. */
  components?: readonly string[];
  /** Answers in place of the host that has the archives. */
  archives?: RequestListener;
  /** Where the host asks Linear and GitHub. Default: at their own addresses. */
  reach?: (address: string) => Promise<string>;
  /** For `.env`. */
  environment?: Readonly<Record<string, string>>;
  /** A table of all analyses on ENG-1. Default: true. */
  trackingTable?: boolean;
  /** Has autonomous-cicd look after everything at the first start, and when told to. Default: false. */
  ticks?: boolean;
  /** In every repository. Default: two modules with something to find. */
  files?: Readonly<Record<string, string>>;
  /** The GitHub App. Default: it may read the code. */
  app?: Partial<AppSeed>;
  /** Agents are asked. Default: none is configured. */
  agents?: ConfigInput['agents'];
}

/** Two components of one repository, or a repository each. */
function listRepositories({ components, githubReport = 'check-run' }: StoryOptions) {
  const usual = { source: 'github', githubReport };
  if (components === undefined) {
    const both = { orders: ['orders/**'], billing: ['billing/**'] };
    return [{ ...usual, name: 'acme/shop', analyseOnPush: true, components: both }];
  }
  return components.map((name) => ({
    ...usual,
    name: `acme/${name}`,
    components: { [name]: ['orders/**'] },
  }));
}

export async function createStoryWorld(options: StoryOptions = {}): Promise<StoryWorld> {
  const app = createTestApp(options.app);
  const linear = await startLinearServer({ ...options.linear, issues: ['Component analysis'] });
  const { id: parentId } = linear.issue('ENG-1');
  for (const title of options.issues ?? ['Look at orders'])
    linear.act.createIssue({ title, parentId });
  const { archives, files = shopFiles, ticks = false } = options;
  const { reach = (address) => Promise.resolve(address) } = options;
  const repositories = listRepositories(options);
  const github = await startGithubServer({
    app: app.seed,
    repositories: repositories.map(({ name }) => ({ name, private: true, files })),
    ...(archives !== undefined && { archives }),
  });
  const config = {
    analyseOnFirstStart: false,
    host: { linkUrl: 'https://cicd.acme.example' },
    linear: {
      doneLabel: 'analysed',
      ...((options.trackingTable ?? true) && { trackingIssue: 'ENG-1' }),
    },
    repositories,
    ...(options.agents !== undefined && { agents: options.agents }),
    // A run that waits for a service takes nothing away from the others.
    runs: { concurrency: 40, concurrentAnalyses: options.components === undefined ? 2 : 30 },
    schedules: {
      // At midnight, when nobody tells it to.
      'autonomous-cicd': ticks ? { everyMinutes: 1_440 } : { enabled: false },
      'system-health': { enabled: false },
    },
  };
  const folder = folderWith({
    'cicd.config.ts': `export default ${JSON.stringify(config)};\n`,
    '.env': [
      `GITHUB_APP_ID=${app.seed.id}`,
      `GITHUB_APP_PRIVATE_KEY="${app.privateKey.trim().replaceAll('\n', String.raw`\n`)}"`,
      `GITHUB_API_URL=${await reach(github.url)}`,
      `GITHUB_SERVER_URL=${github.serverUrl}`,
      `GITHUB_WEBHOOK_SECRET=${testSecret}`,
      `LINEAR_API_KEY=${linear.credentials.apiKey}`,
      `LINEAR_API_URL=${await reach(linear.url)}`,
      `LINEAR_WEBHOOK_SECRET=${testSecret}`,
      ...Object.entries(options.environment ?? {}).map(([name, value]) => `${name}=${value}`),
      '',
    ].join('\n'),
  });
  const names = repositories.map(({ name }) => name);
  return {
    linear,
    github,
    repositories: names,
    folder,
    startHost: () => startTestHost({ folder }),
  };
}

/** Hands a payload over as Linear would. */
export async function deliver(host: RunningHost, payload: WebhookPayload): Promise<void> {
  const { status, text } = await sendDelivery(host.url, 'linear', linearDelivery(payload));
  if (status !== 200) throw new Error(`The host answered ${status}: ${text}`);
}

/** The newest analysis, as soon as there are so many. */
export async function untilStarted(host: RunningHost, count = 1): Promise<string> {
  for (;;) {
    const { runs } = await listRuns(host.url, '?flow=component-analysis&limit=200');
    const [newest] = runs;
    if (newest !== undefined && runs.length >= count) return newest.id;
    await delay(20);
  }
}

/** The newest analysis, to its end, as soon as there are so many. */
export async function untilAnalysed(host: RunningHost, count = 1): Promise<RunDetail> {
  return untilEnded(host.url, await untilStarted(host, count));
}

/** Until the dispatcher has decided about everything that has arrived. */
export async function untilDecided(host: RunningHost): Promise<void> {
  for (;;) {
    const deliveries = await listDeliveries(host.url);
    if (deliveries.every(({ decision }) => decision !== 'pending')) return;
    await delay(20);
  }
}

/** All that the system has left behind outside, without texts: what must be there once. */
export function answersIn({ github, linear }: StoryWorld) {
  const { checkRuns } = github.repository('acme/shop');
  const issues = linear.world.issues.map((_, index) => linear.issue(`ENG-${index + 1}`));
  return {
    comments: issues.flatMap(({ comments, identifier }) =>
      comments.map(({ id }) => `${identifier} ${id}`),
    ),
    attachments: issues.flatMap(({ attachments, identifier }) =>
      attachments.map(({ url }) => `${identifier} ${url}`),
    ),
    states: issues.map(
      ({ identifier, labels, state }) => `${identifier} ${state} ${labels.join()}`,
    ),
    checks: checkRuns.map(({ id, conclusion, name }) => `${id} ${name} ${conclusion}`),
  };
}
