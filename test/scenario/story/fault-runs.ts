import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { z } from 'zod';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { listRuns, untilEachEnded, untilEnded } from '../../support/host-client.ts';
import type { RunningHost } from '../../support/start-host.ts';
import type { FaultCase } from './fault-cases.ts';
import type { FaultWorld } from './fault-world.ts';
import { untilDecided, type StoryWorld } from './story-world.ts';

/** Hosts of these tests do not wait longer between attempts than they have to. */
export function withShortPauses(): void {
  const module = new URL('../../support/short-pauses.ts', import.meta.url);
  beforeEach(() => void vi.stubEnv('NODE_OPTIONS', `--import=${module.href}`));
  afterEach(() => void vi.unstubAllEnvs());
}

const startedSchema = z.object({ runId: z.string() });

/**
 * Has autonomous-cicd look after everything, to its end and that of what it has started; after the tick of a
 * first start.
 */
export async function tick(host: RunningHost): Promise<RunDetail> {
  const { url } = host;
  const address = `${url}/api/schedules/autonomous-cicd/run`;
  for (;;) {
    const response = await fetch(address, { method: 'POST' });
    if (response.status !== 409) {
      const { runId } = startedSchema.parse(await response.json());
      const ended = await untilEnded(url, runId);
      await untilAllAnalysed(host);
      return ended;
    }
    await delay(50);
  }
}

/** All analyses, each to its end, once everything that has arrived is decided. */
export async function untilAllAnalysed(host: RunningHost): Promise<RunDetail[]> {
  await untilDecided(host);
  const { runs } = await listRuns(host.url, '?flow=component-analysis&limit=200');
  return untilEachEnded(
    host.url,
    runs.map(({ id }) => id),
  );
}

const resultSchema = z.object({
  answers: z.array(z.object({ state: z.string(), why: z.string().default('') })),
});

/**
 * What runs say of their ends, by component: `shown` or `owed: why` for the issue and the check; `failed: why`
 * for those without a report.
 */
export function endsOf(runs: readonly RunDetail[]): Record<string, string[]> {
  const ends = runs.map(({ error, result, state, subject }) => {
    const answers = resultSchema.safeParse(result).data?.answers ?? [];
    const told = answers.map(({ state: shown, why }) => (why === '' ? shown : `${shown}: ${why}`));
    const [component = ''] = subject.split(' ');
    return [component, state === 'succeeded' ? told : [`${state}: ${error?.message}`]] as const;
  });
  return Object.fromEntries(ends);
}

/** The same for every component. */
export function forEach<Value>(cases: readonly FaultCase[], value: Value): Record<string, Value> {
  return Object.fromEntries(cases.map(({ name }) => [name, value]));
}

/** All that people read. */
export interface Texts {
  /** Issues, checks, what runs have come to, and what the host has written. */
  shown: string;
  logs: string;
}

export async function readTexts(world: StoryWorld, host: RunningHost): Promise<Texts> {
  const { github, linear, repositories } = world;
  const { runs } = await listRuns(host.url, '?limit=200');
  const read = async (path: string) => (await fetch(`${host.url}/api/runs/${path}`)).text();
  const details = await Promise.all(runs.map(({ id }) => read(id)));
  const logs = await Promise.all(runs.map(({ id }) => read(`${id}/logs`)));
  const checks = repositories.map((name) => github.repository(name).checkRuns);
  const outside = JSON.stringify([checks, linear.world.comments, linear.world.attachments]);
  return { shown: [outside, host.output(), ...details].join('\n'), logs: logs.join('\n') };
}

const secret = /lin_api_|ghs_|OWN-RIGHT|PRIVATE KEY|eyJ/;
const foreignPage = /<html|nginx/;
const stackLine = /\bat \S+ \(?(?:file:|node:|\/)/;

/** Nobody reads a secret or a page of a foreign server; a stack stands in the log of a run alone. */
export function expectHarmless({ logs, shown }: Texts): void {
  for (const harm of [secret, foreignPage]) {
    expect(harm.exec(logs)?.[0]).toBeUndefined();
    expect(harm.exec(shown)?.[0]).toBeUndefined();
  }
  expect(stackLine.exec(shown)?.[0]).toBeUndefined();
}

/** What people see of the analysis of a component. */
function shownOf({ github, issueOf, linear }: FaultWorld, name: string) {
  const { attachments, comments, labels, state } = linear.issue(issueOf(name));
  const { checkRuns } = github.repository(`acme/${name}`);
  return {
    attachments: attachments.length,
    checks: checkRuns.map(({ conclusion }) => conclusion),
    comments: comments.map(({ body }) => (body.includes('Full report') ? 'report' : body)),
    labels,
    state,
  };
}

const onceEach = {
  attachments: 1,
  checks: ['success'],
  comments: ['report'],
  labels: ['component-analysis', 'analysed'],
  state: 'Todo',
};

/** After one tick more all answers stand, once, and another tick changes nothing. */
export async function expectAnsweredOnce(
  world: FaultWorld,
  host: RunningHost,
  cases: readonly FaultCase[],
): Promise<void> {
  const { github, linear } = world;
  expect(await tick(host)).toMatchObject({ state: 'succeeded', error: null });
  const shown = cases.map(({ name }) => [name, shownOf(world, name)]);
  expect(Object.fromEntries(shown)).toEqual(forEach(cases, onceEach));

  const countRequests = () => [
    linear.requests.filter(({ kind }) => kind === 'mutation').length,
    github.requests.filter(({ path }) => path.includes('/check-runs')).length,
  ];
  const before = countRequests();
  expect(await tick(host)).toMatchObject({ state: 'succeeded', error: null });
  expect(countRequests()).toEqual(before);
}

const failureComment = /### The analysis of .* failed[^]*Why:\*\* .*GitHub[^]*What to do:/;

/** Issues of analyses whose source could not be read say why and what to do, and are as they were. */
export function expectFailuresTold(
  { issueOf, linear }: FaultWorld,
  cases: readonly FaultCase[],
): void {
  const told = cases.map(({ name }) => {
    const { attachments, comments, labels, state } = linear.issue(issueOf(name));
    return [name, { attachments, comments: comments.map(({ body }) => body), labels, state }];
  });
  const expected = {
    attachments: [],
    comments: [expect.stringMatching(failureComment)],
    labels: ['component-analysis'],
    state: 'Todo',
  };
  expect(Object.fromEntries(told)).toEqual(forEach(cases, expected));
}
