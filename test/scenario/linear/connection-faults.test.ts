import { describe, expect, it } from 'vitest';
import { createLinear } from '../../../lib/adapters/linear/linear.ts';
import { messageOf, UpstreamError } from '../../../lib/domain/errors.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../../support/fault-proxy.ts';
import { testCredentials } from '../../support/linear/access.ts';
import type { LinearServer } from '../../support/linear/linear-server.ts';
import { linearUnderTest } from './linear-under-test.ts';
import { allWork, answeringWork, type Work } from './linear-work.ts';

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
  requestMs: number;
}

async function linearUnderFaults(
  requestMs: number,
  secrets?: Partial<Record<SecretName, string>>,
): Promise<UnderFaults> {
  const { options, server } = await linearUnderTest({
    timing: { requestMs },
    ...(secrets !== undefined && { secrets }),
  });
  const proxy = await startFaultProxy(Number(new URL(server.url).port));
  const linear = createLinear({ ...options, apiUrl: proxy.urlOf(server.url) });
  return { linear, proxy, server, requestMs };
}

/** How it ended: `right`, with a `clear error`, which may pass, or in a way that must not be. */
async function endingOf(
  work: Work,
  { linear, proxy, requestMs, server }: UnderFaults,
): Promise<string> {
  const connections = proxy.connections();
  const start = performance.now();
  const ending = await work.run(linear, server).then(
    () => 'right',
    (error: unknown) =>
      error instanceof UpstreamError && error.retryable ? 'clear error' : messageOf(error),
  );
  const tookMs = performance.now() - start;
  const limitMs = (proxy.connections() - connections) * requestMs + slackMs;
  return tookMs < limitMs ? ending : `after ${tookMs} ms`;
}

const either = expect.stringMatching(/^(right|clear error)$/);

const faults: { fault: Fault; ending: unknown }[] = [
  { fault: { kind: 'latency', milliseconds: 50 }, ending: 'right' },
  { fault: { kind: 'refuse' }, ending: 'clear error' },
  { fault: { kind: 'reset', afterBytes: 0 }, ending: 'clear error' },
  { fault: { kind: 'reset', afterBytes: 120 }, ending: 'clear error' },
  { fault: { kind: 'reset', afterBytes: 600 }, ending: either },
  { fault: { kind: 'cut', afterBytes: 0 }, ending: 'clear error' },
  { fault: { kind: 'cut', afterBytes: 120 }, ending: 'clear error' },
  { fault: { kind: 'cut', afterBytes: 600 }, ending: either },
  { fault: { kind: 'black-hole' }, ending: 'clear error' },
  { fault: { kind: 'silence' }, ending: 'clear error' },
  { fault: { kind: 'dribble', bytesPerSecond: 100 }, ending: 'clear error' },
];

const hanging: ReadonlySet<Fault['kind']> = new Set(['black-hole', 'silence', 'dribble']);

/** All at once where each waits for its time-out; else in turn, with more time than a busy machine needs. */
async function tellOfAllWork<Told>(
  fault: Fault,
  tell: (work: Work, parts: UnderFaults) => Promise<Told>,
): Promise<Told[]> {
  if (hanging.has(fault.kind)) {
    const trying = allWork().map(async (work) => tell(work, await linearUnderFaults(1_500)));
    return await Promise.all(trying);
  }
  const told: Told[] = [];
  for (const work of allWork()) told.push(await tell(work, await linearUnderFaults(10_000)));
  return told;
}

describe('Linear behind a bad line', () => {
  it.each(faults)('ends right or clearly while it lasts: $fault', async ({ fault, ending }) => {
    const endings = await tellOfAllWork(fault, async (work, parts) => {
      parts.proxy.set(fault);
      const whileItLasts = await endingOf(work, parts);
      parts.proxy.set({ kind: 'none' });
      const afterwards = await endingOf(work, parts);
      work.holds?.(parts.server);
      return { work: work.name, whileItLasts, afterwards };
    });
    expect(endings).toEqual(
      allWork().map(({ name }) => ({ work: name, whileItLasts: ending, afterwards: 'right' })),
    );
  });

  it.each(faults)('gets over it by itself, once: $fault', async ({ fault }) => {
    const endings = await tellOfAllWork(fault, async (work, parts) => {
      parts.proxy.next([fault]);
      const ending = await endingOf(work, parts);
      work.holds?.(parts.server);
      return { work: work.name, ending };
    });
    expect(endings).toEqual(allWork().map(({ name }) => ({ work: name, ending: 'right' })));
  });

  it.each<Fault>([{ kind: 'refuse' }, { kind: 'cut', afterBytes: 120 }, { kind: 'silence' }])(
    'gets its token in spite of it: %o',
    async (fault) => {
      const parts = await linearUnderFaults(1_000, asApp);
      const work = answeringWork();
      parts.proxy.set(fault);
      expect(await endingOf(work, parts)).toBe('clear error');
      parts.proxy.next([fault]);
      expect(await endingOf(work, parts)).toBe('right');
      work.holds?.(parts.server);
      expect(new Set(parts.server.requests.map(({ authorization }) => authorization))).toEqual(
        new Set(['token']),
      );
    },
  );

  it('does not write again what was written, though the answer was lost', async () => {
    const parts = await linearUnderFaults(1_000);
    const work = answeringWork();
    parts.proxy.next([{ kind: 'silence' }]);
    expect(await endingOf(work, parts)).toBe('right');
    expect(parts.server.duplicates).toHaveLength(1);
    work.holds?.(parts.server);
  });

  it.each([1, 2, 3])('answers once, whatever chance does (%i)', async (seed) => {
    const parts = await linearUnderFaults(1_000);
    const quick = faults.map(({ fault }) => fault).filter(({ kind }) => !hanging.has(kind));
    parts.proxy.choose(seed, [{ kind: 'none' }, ...quick]);
    const work = answeringWork();
    let isDone = false;
    for (let attempt = 0; attempt < 20 && !isDone; attempt += 1) {
      isDone = (await endingOf(work, parts)) === 'right';
    }
    expect(isDone).toBe(true);
    work.holds?.(parts.server);
  });
});
