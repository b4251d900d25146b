import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createEngine, type Engine } from '../../../infra/local/engine/engine.ts';
import { createLocalBus } from '../../../infra/local/local-bus.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import type { CicdServices } from '../../../lib/flows/autonomous-cicd/chore.ts';
import { createFairOrder } from '../../../lib/flows/autonomous-cicd/fair-order.ts';
import { autonomousCicd } from '../../../lib/flows/autonomous-cicd/run.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { createIssueAsks } from '../../../lib/flows/dispatch/issue-asks.ts';
import { dispatchEvent } from '../../../lib/flows/dispatch/run.ts';
import type { FlowContext } from '../../../lib/runtime/flow-context.ts';
import { flow } from '../../../lib/runtime/flow.ts';
import { buildOutside, outsideServices } from '../../builders/cicd-services.ts';
import { buildDispatchContext, buildPush } from '../../builders/events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../engine/engine-fixture.ts';

type Analysis = (context: FlowContext) => Promise<unknown>;

interface SystemOptions {
  /** What an analysis does. */
  analysis?: Analysis;
  /** Where the files are; a system in the same folder goes on with them. */
  folder?: string;
  /** Another file of runs: the one before was moved away. */
  runsFile?: string;
  /** In place of the real services. */
  change?: (services: CicdServices) => Partial<CicdServices>;
}

/** An engine, a store and a bus on real files, and the flow with a clock that can be put forward. */
export function startSystem(options: SystemOptions = {}) {
  const { analysis = async () => 'done', folder = temporaryFolder() } = options;
  const engine = createEngine({
    databaseFile: join(folder, options.runsFile ?? 'runs.db'),
    codeVersion: 'one',
  });
  const store = openSqliteStore(join(folder, 'store.db'));
  const deliveries = createDeliveryRecords(store, Date.now);
  const pause = createAgentPause(store, Date.now);
  const bus = createLocalBus({
    deliveries,
    dispatch: (event) =>
      dispatchEvent(event, {
        asks,
        deliveries,
        runs: engine,
        context: buildDispatchContext(),
        pause,
        requests: services.requests,
        pushes: services.pushes,
      }),
    onProblem: () => {},
  });
  const asks = createIssueAsks({ now: Date.now, runs: engine, store });
  let ahead = 0;
  let awakeSince = 0;
  const outside = buildOutside();
  const services = {
    ...outsideServices(store, outside, { now: () => Date.now() + ahead }),
    dispatch: buildDispatchContext(),
    bus,
    deliveries,
    runs: engine,
    pause,
    clock: { now: () => new Date(Date.now() + ahead) },
    order: createFairOrder(),
    scheduledFlows: ['autonomous-cicd'],
    awakeSince: () => awakeSince,
  };
  services satisfies CicdServices;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await bus.drain();
    engine.close();
    await store.close();
  };
  onTestFinished(close);
  registerFlows(engine, analysis, { ...services, ...options.change?.(services) });
  engine.resume();

  return {
    ...outside,
    services,
    engine,
    deliveries,
    pause,
    bus,
    folder,
    close,
    putForward: (minutes: number) => {
      ahead += minutes * 60_000;
    },
    /** The machine sleeps: nothing moves meanwhile. */
    sleep: (minutes: number) => {
      ahead += minutes * 60_000;
      awakeSince = Date.now() + ahead;
    },
    tick: async () => engine.waitForRun(await start(engine, 'autonomous-cicd')),
    analyse: () => start(engine, 'component-analysis'),
    /** Accepts a push that asks for an analysis; the dispatcher is not told. */
    accept: async (deliveryId: string) => {
      const event = buildPush(
        { after: Buffer.from(deliveryId).toString('hex').padEnd(40, '0') },
        { deliveryId, receivedAt: new Date().toISOString() },
      );
      await deliveries.add(event);
      return event;
    },
    decided: (id: string) =>
      eventually(async () => {
        const delivery = await deliveries.get({ source: 'github', id });
        return delivery?.decision === 'pending' ? undefined : delivery;
      }),
    listAnalyses: async () => {
      const { runs } = await engine.list({ flow: 'component-analysis', limit: 1_000 });
      return runs.toReversed();
    },
  };
}

function registerFlows(engine: Engine, analysis: Analysis, services: CicdServices): void {
  const componentAnalysis = flow({
    name: 'component-analysis',
    input: z.unknown(),
    executionTimeoutSeconds: 3_600,
    run: analysis,
  });
  engine.register({ ...componentAnalysis, handler: componentAnalysis.handler(async () => null) });
  engine.register({ ...autonomousCicd, handler: autonomousCicd.handler(async () => services) });
}

async function start(engine: Engine, name: string): Promise<string> {
  const { runId } = await engine.start({
    flow: name,
    name: crypto.randomUUID(),
    input: {},
    cause: { kind: 'cli' },
  });
  return runId;
}

const chore = z.object({ name: z.string(), found: z.int(), done: z.int(), left: z.int() });
const resultSchema = z.object({ paused: z.boolean(), chores: z.array(chore) });

/** `{ 'missed deliveries': [found, done, left] }` of what was found. */
export function choresOf(run: RunDetail): Record<string, [number, number, number]> {
  const { chores } = resultSchema.parse(run.result);
  return Object.fromEntries(
    chores
      .filter(({ found }) => found > 0)
      .map(({ done, found, left, name }) => [name, [found, done, left]]),
  );
}
