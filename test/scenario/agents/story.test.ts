import { expect, test } from 'vitest';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { listRuns, untilEachEnded } from '../../support/host-client.ts';
import { sendDelivery } from '../../support/ingress-host.ts';
import { githubDelivery } from '../../support/signed-delivery.ts';
import type { RunningHost } from '../../support/start-host.ts';
import { untilAllAnalysed, withShortPauses } from '../story/fault-runs.ts';
import { deliver, untilDecided } from '../story/story-world.ts';
import {
  analysisOf,
  answerWith,
  commentsOn,
  createAgentsWorld,
  reportsOf,
  swallowed,
} from './agents-world.ts';

withShortPauses();

test('a label in Linear has three agents asked side by side, and one comment tells what all have found', async () => {
  const world = await createAgentsWorld({ budget: { concurrent: 3, concurrentPerRepository: 3 } });
  const { codegen, linear } = world;
  const words = { summary: 'Sound, but for one thing.', findings: [swallowed] };
  codegen.behave(answerWith(words, { afterMs: 1_000 }));
  const host = await world.startHost();

  const runs = await world.analyseAll(host);

  const analyses = ['architecture', 'code-quality', 'integration'];
  expect(codegen.agentRuns.map(analysisOf).toSorted()).toEqual(analyses);
  expect(codegen.mostRunning).toBe(3);
  const { orders } = await reportsOf(host, runs);
  expect(orders?.findings.map(({ rule }) => rule)).toContain('mutable-default');
  expect(orders?.agents.map(({ analysis }) => analysis).toSorted()).toEqual(analyses);
  expect(orders?.agents[0]).toMatchObject({
    outcome: 'answered',
    attempts: 1,
    findings: [swallowed],
  });
  expect(commentsOn(world, 'orders')).toEqual([
    expect.stringMatching(
      /agents add 3 high[^]*mutable[^]*What agents add[^]*A rate that cannot be had[^]*Full report/,
    ),
  ]);
  expect(linear.issue('ENG-2').labels).toContain('analysed');
  expect([...codegen.violations, ...linear.violations, ...linear.duplicates]).toEqual([]);
});

/** The repository's default branch, moved by somebody whom nobody knows. */
const strangersPush = {
  ref: 'refs/heads/main',
  after: 'c'.repeat(40),
  repository: { full_name: 'acme/shop', default_branch: 'main' },
  sender: { login: 'eve', type: 'User' },
};

async function push(host: RunningHost): Promise<RunDetail[]> {
  const { status } = await sendDelivery(
    host.url,
    'github',
    githubDelivery(strangersPush, { event: 'push' }),
  );
  expect(status).toBe(202);
  await untilDecided(host);
  const { runs } = await listRuns(host.url, '?flow=component-analysis');
  return untilEachEnded(
    host.url,
    runs.map(({ id }) => id),
  );
}

test('nobody but people of the workspace can have agents asked', async () => {
  const issues = ['integration', 'external', 'app'].map((name) => `Look at orders for ${name}`);
  const world = await createAgentsWorld({ issues });
  const { act } = world.linear;
  const host = await world.startHost();

  await deliver(host, act.label('ENG-2', 'component-analysis', { by: 'integration' }));
  await deliver(host, act.label('ENG-3', 'component-analysis', { by: 'external' }));
  await deliver(host, act.label('ENG-4', 'component-analysis', { by: 'app' }));
  expect(await untilAllAnalysed(host)).toEqual([]);
  const analyses = await push(host);

  // A push is analysed, by linters and parsers alone.
  expect(analyses.map(({ subject }) => subject).toSorted()).toEqual([
    'billing of acme/shop',
    'orders of acme/shop',
  ]);
  expect(world.codegen.requests).toEqual([]);
});
