import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFaultProxy, type Fault } from '../../support/fault-proxy.ts';
import { listenOnLoopback } from '../../support/loopback.ts';

const body = 'x'.repeat(1_000);

async function startProxied() {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end(body);
  });
  const target = await listenOnLoopback(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const proxy = await startFaultProxy(target);
  const url = proxy.urlOf(`http://127.0.0.1:${target}/`);
  const ask = async (milliseconds = 5_000) => {
    const signal = AbortSignal.timeout(milliseconds);
    // One connection a request: what happens to a connection then happens to a request.
    const answer = await fetch(url, { signal, headers: { connection: 'close' } });
    return answer.text();
  };
  return { proxy, ask, requests: () => requests };
}

describe('fault proxy', () => {
  it('passes everything on where no fault is set', async () => {
    const { proxy, ask } = await startProxied();
    expect(await ask()).toBe(body);
    expect(proxy.connections()).toBe(1);
  });

  it('delays an answer', async () => {
    const { proxy, ask } = await startProxied();
    proxy.set({ kind: 'latency', milliseconds: 150 });
    const start = performance.now();
    expect(await ask()).toBe(body);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('dribbles an answer', async () => {
    const { proxy, ask } = await startProxied();
    proxy.set({ kind: 'dribble', bytesPerSecond: 4_000 });
    const start = performance.now();
    expect(await ask()).toBe(body);
    expect(performance.now() - start).toBeGreaterThan(200);
  });

  it.each<{ fault: Fault; requests: number }>([
    { fault: { kind: 'refuse' }, requests: 0 },
    { fault: { kind: 'reset', afterBytes: 0 }, requests: 1 },
    { fault: { kind: 'reset', afterBytes: 300 }, requests: 1 },
    { fault: { kind: 'cut', afterBytes: 300 }, requests: 1 },
  ])('breaks an answer off: $fault', async ({ fault, requests: expected }) => {
    const { proxy, ask, requests } = await startProxied();
    proxy.set(fault);
    await expect(ask()).rejects.toThrow(/fetch failed|terminated/);
    expect(requests()).toBe(expected);
  });

  it.each<{ fault: Fault; requests: number }>([
    { fault: { kind: 'black-hole' }, requests: 0 },
    { fault: { kind: 'silence' }, requests: 1 },
  ])('says nothing for ever: $fault', async ({ fault, requests: expected }) => {
    const { proxy, ask, requests } = await startProxied();
    proxy.set(fault);
    await expect(ask(200)).rejects.toThrow(/timeout/);
    expect(requests()).toBe(expected);
  });

  it('is well again after the next connections, or when told so', async () => {
    const { proxy, ask } = await startProxied();
    proxy.next([{ kind: 'refuse' }, { kind: 'refuse' }]);
    await expect(ask()).rejects.toThrow('fetch failed');
    await expect(ask()).rejects.toThrow('fetch failed');
    expect(await ask()).toBe(body);
    proxy.set({ kind: 'refuse' });
    await expect(ask()).rejects.toThrow('fetch failed');
    proxy.set({ kind: 'none' });
    expect(await ask()).toBe(body);
  });

  it('ends connections that are kept, so that the next request meets the fault', async () => {
    const { proxy } = await startProxied();
    const url = `http://127.0.0.1:${proxy.port}/`;
    await (await fetch(url)).text();
    proxy.set({ kind: 'refuse' });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('repeats by its seed what it chose by chance', async () => {
    const { proxy, ask } = await startProxied();
    const tell = async () => {
      const outcomes: string[] = [];
      for (let i = 0; i < 12; i += 1) outcomes.push(await ask().catch(() => 'broken'));
      return outcomes;
    };
    proxy.choose(7, [{ kind: 'none' }, { kind: 'refuse' }]);
    const first = await tell();
    proxy.choose(7, [{ kind: 'none' }, { kind: 'refuse' }]);
    expect(await tell()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([body, 'broken']));
  });
});
