import { describe, expect, it } from 'vitest';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../../support/fault-proxy.ts';
import { testCredentials } from '../../support/linear/access.ts';
import type { LinearServer } from '../../support/linear/linear-server.ts';
import { linearUnderTest } from './linear-under-test.ts';
import { allWork, answeringWork, type Work } from './linear-work.ts';

const requestMs = 1_000;
/** Beside the waiting for answers: tests share the machine. */
const slackMs = 2_000;

const asApp = {
  LINEAR_CLIENT_ID: testCredentials.clientId,
  LINEAR_CLIENT_SECRET: testCredentials.clientSecret,
};

interface UnderFaults {
  linear: ReturnType<typeof createLinear>;
  proxy: FaultProxy;
  server: LinearServer;
}

async function linearUnderFaults(
  secrets?: Partial<Record<SecretName, string>>,
): Promise<UnderFaults> {
  const { options, server } = await linearUnderTest({
    timing: { requestMs },
    ...(secrets !== undefined && { secrets }),
  });
  const proxy = await startFaultProxy(Number(new URL(server.url).port));
  return { server, proxy, linear: createLinear({ ...options, apiUrl: proxy.urlOf(server.url) }) };
}

/** Right, or an error that may pass: and no later than its requests may take. */
async function tryWork(work: Work, { linear, proxy, server }: UnderFaults) {
  const connections = proxy.connections();
  const start = performance.now();
  const outcome = await work.run(linear, server).then(
    () => 'right' as const,
    (error: unknown) => {
      expect(error, work.name).toBeInstanceOf(UpstreamError);
      expect(error, work.name).toMatchObject({ service: 'linear', retryable: true });
      return 'error' as const;
    },
  );
  const limit = (proxy.connections() - connections) * requestMs + slackMs;
  expect(performance.now() - start, work.name).toBeLessThan(limit);
  return outcome;
}

const faults: { fault: Fault; ends: 'right' | 'error' | 'either' }[] = [
  { fault: { kind: 'latency', milliseconds: 50 }, ends: 'right' },
  { fault: { kind: 'refuse' }, ends: 'error' },
  { fault: { kind: 'reset', afterBytes: 0 }, ends: 'error' },
  { fault: { kind: 'reset', afterBytes: 120 }, ends: 'error' },
  { fault: { kind: 'reset', afterBytes: 600 }, ends: 'either' },
  { fault: { kind: 'cut', afterBytes: 0 }, ends: 'error' },
  { fault: { kind: 'cut', afterBytes: 120 }, ends: 'error' },
  { fault: { kind: 'cut', afterBytes: 600 }, ends: 'either' },
  { fault: { kind: 'black-hole' }, ends: 'error' },
  { fault: { kind: 'silence' }, ends: 'error' },
  { fault: { kind: 'dribble', bytesPerSecond: 100 }, ends: 'error' },
];

describe('Linear behind a bad line', () => {
  it.each(faults)('ends right or clearly while $fault.kind lasts: $fault', async (row) => {
    await Promise.all(
      allWork().map(async (work) => {
        const parts = await linearUnderFaults();
        parts.proxy.set(row.fault);
        const outcome = await tryWork(work, parts);
        if (row.ends !== 'either') expect(outcome, work.name).toBe(row.ends);
        parts.proxy.set({ kind: 'none' });
        expect(await tryWork(work, parts), work.name).toBe('right');
        work.holds?.(parts.server);
      }),
    );
  });

  it.each(faults)('gets over one $fault.kind by itself: $fault', async ({ fault }) => {
    await Promise.all(
      allWork().map(async (work) => {
        const parts = await linearUnderFaults();
        parts.proxy.next([fault]);
        expect(await tryWork(work, parts), work.name).toBe('right');
        work.holds?.(parts.server);
      }),
    );
  });

  it.each(faults)('is an app all the same: $fault', async ({ fault }) => {
    const parts = await linearUnderFaults(asApp);
    const work = answeringWork();
    parts.proxy.set(fault);
    await tryWork(work, parts);
    parts.proxy.next([fault]);
    expect(await tryWork(work, parts)).toBe('right');
    work.holds?.(parts.server);
    expect(new Set(parts.server.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['token']),
    );
  });

  it.each([1, 2, 3])('answers once, whatever chance does (%i)', async (seed) => {
    const parts = await linearUnderFaults();
    const quick = faults.filter(({ fault }) => fault.kind !== 'silence');
    const chances = quick.filter(({ fault }) => fault.kind !== 'black-hole');
    const anything = chances.filter(({ fault }) => fault.kind !== 'dribble');
    parts.proxy.choose(seed, [{ kind: 'none' }, ...anything.map(({ fault }) => fault)]);
    const work = answeringWork();
    let isDone = false;
    for (let attempt = 0; attempt < 20 && !isDone; attempt += 1) {
      isDone = (await tryWork(work, parts)) === 'right';
    }
    expect(isDone).toBe(true);
    work.holds?.(parts.server);
  });
});
