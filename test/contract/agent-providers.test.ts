import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isFinalAgentRunState } from '../../lib/domain/agents/agent-run.ts';
import type { AgentProvider, AgentRunView } from '../../lib/ports/agent-provider.ts';
import { agentProviders, startAgain } from '../support/agent-providers.ts';

const final = { retryable: false, message: expect.stringMatching(/\S/) };

/** A command takes its time to end; services answer at once. */
async function viewWhen(
  provider: AgentProvider,
  providerId: string,
  isSo: (view: AgentRunView) => boolean,
): Promise<AgentRunView> {
  for (;;) {
    const view = await provider.get(providerId);
    if (view === undefined) throw new Error('The provider does not know the agent run');
    if (isSo(view)) return view;
    await delay(20);
  }
}

const isOver = ({ state }: AgentRunView) => isFinalAgentRunState(state);

describe.each(agentProviders)('Agents of $name', ({ can, name, open, states }) => {
  test('answer what they were asked', async () => {
    const { behave, provider, request } = await open();
    behave({ text: 'Three functions of **lib** are used nowhere.\n' });
    const started = await provider.start(request());
    const view = await viewWhen(provider, started.providerId, isOver);
    expect(view).toMatchObject({
      providerId: started.providerId,
      state: 'succeeded',
      text: expect.stringContaining('Three functions of **lib** are used nowhere.'),
      pullRequests: [],
      problem: null,
    });
    expect(view.url ?? 'https://').toMatch(/^https?:\/\//);
    expect(view.status).toMatch(/\S/);
    expect(provider.name).toBe(name);
  });

  test('run once for an id, also after a crash and in another process', async () => {
    const { behave, inAnotherProcess, provider, request, started } = await open();
    behave({});
    const askedSince = new Date().toISOString();
    const first = request();
    const { providerId } = await provider.start(first);
    expect(await startAgain(provider, first, { askedSince })).toMatchObject({ providerId });
    const another = inAnotherProcess();
    expect(await startAgain(another, first, { askedSince })).toMatchObject({ providerId });
    expect(started()).toBe(1);
    const view = await viewWhen(another, providerId, isOver);
    expect(view).toMatchObject({ providerId, state: 'succeeded' });
  });

  test('run for each id, also where one may have been asked for before', async () => {
    const { behave, provider, request, started } = await open();
    behave({});
    const askedSince = new Date(Date.now() - 60_000).toISOString();
    const ids = await Promise.all(
      [request(), request()].map(async (one) => startAgain(provider, one, { askedSince })),
    );
    expect(new Set(ids.map(({ providerId }) => providerId)).size).toBe(2);
    expect(started()).toBe(2);
  });

  test.each(states)('are seen %s', async (state) => {
    const { behave, provider, request } = await open();
    behave({ state });
    const { providerId } = await provider.start(request());
    const view = await viewWhen(provider, providerId, (seen) => seen.state === state);
    const isFine = ['queued', 'running', 'succeeded'].includes(state);
    expect(view.problem === null).toBe(isFine);
    // Whoever has a run that goes on would leave it behind.
    await provider.cancel?.(providerId);
  });

  test('show the pull requests that they have opened', async () => {
    const { behave, provider, request } = await open();
    behave({ pullRequest: true });
    const { providerId } = await provider.start(request({ mayChangeCode: true }));
    const view = await viewWhen(provider, providerId, isOver);
    expect(view.pullRequests).toEqual([
      {
        url: expect.stringMatching(/^https?:\/\/\S+\/pull\/\d+$/),
        title: view.pullRequests[0]?.title ?? null,
        branch: expect.stringMatching(/^[a-z]+\/\S+$/),
      },
    ]);
  });

  test('are not known where they never were', async () => {
    const { provider, unknownId } = await open();
    expect(await provider.get(unknownId)).toBeUndefined();
  });

  test('offer just what they can', async () => {
    const { provider } = await open();
    expect({
      cancel: 'cancel' in provider,
      find: 'find' in provider,
      resume: 'resume' in provider,
      logs: 'logs' in provider,
    }).toEqual(can);
  });

  test('say whose they are, and start nothing for it', async () => {
    const { provider, started } = await open();
    expect(await provider.isConfigured()).toBe(true);
    const { account } = await provider.probe();
    expect(account).toMatch(/\S/);
    expect(started()).toBe(0);
  });

  test('refuse for good where nothing is there to ask with', async () => {
    const { request, started, unconfigured } = await open();
    const provider = unconfigured();
    expect(await provider.isConfigured()).toBe(false);
    await expect(provider.probe()).rejects.toMatchObject(final);
    await expect(provider.start(request())).rejects.toMatchObject(final);
    expect(started()).toBe(0);
  });

  test('refuse for good what cannot be used', async () => {
    const { misconfigured, request, started } = await open();
    const provider = misconfigured();
    await expect(provider.probe()).rejects.toMatchObject(final);
    await expect(provider.start(request())).rejects.toMatchObject(final);
    expect(started()).toBe(0);
  });
});

describe.each(agentProviders.filter(({ can }) => can.find))(
  'Agents of $name that can be found',
  ({ open }) => {
    test('are known by our id once they were started, and not started for it', async () => {
      const { behave, inAnotherProcess, provider, request, started } = await open();
      behave({});
      const askedSince = new Date(Date.now() - 60_000).toISOString();
      const { id, ...asked } = request();
      expect(await provider.find?.(id, { askedSince })).toBeUndefined();
      expect(started()).toBe(0);
      const { providerId } = await provider.start({ ...asked, id });
      expect(await inAnotherProcess().find?.(id, { askedSince })).toMatchObject({ providerId });
      expect(started()).toBe(1);
    });
  },
);

describe.each(agentProviders.filter(({ can }) => can.cancel))(
  'Agents of $name that can be stopped',
  ({ open }) => {
    test('end when they are told to, also twice', async () => {
      const { behave, provider, request } = await open();
      behave({ state: 'running' });
      const { providerId } = await provider.start(request());
      await provider.cancel?.(providerId);
      const view = await viewWhen(provider, providerId, isOver);
      expect(view.state).toBe('cancelled');
      await provider.cancel?.(providerId);
      expect(await provider.get(providerId)).toMatchObject({ state: 'cancelled' });
    });
  },
);

describe.each(agentProviders.filter(({ can }) => can.resume))(
  'Agents of $name that can be told more',
  ({ open, states }) => {
    test('go on when they are told more', async () => {
      const { behave, provider, request } = await open();
      behave({ state: states.includes('waiting') ? 'waiting' : 'succeeded' });
      const { providerId } = await provider.start(request());
      behave({ text: 'There are four now.' });
      const resumed = await provider.resume?.(providerId, 'Look again.');
      const view = await viewWhen(provider, resumed?.providerId ?? '', isOver);
      expect(view).toMatchObject({ state: 'succeeded', text: 'There are four now.' });
    });
  },
);

describe.each(agentProviders.filter(({ can }) => can.logs))(
  'Agents of $name that keep a log',
  ({ open }) => {
    test('tell what they did, in pages', async () => {
      const { behave, provider, request } = await open();
      behave({ text: 'Three functions are used nowhere.' });
      const { providerId } = await provider.start(request());
      await viewWhen(provider, providerId, isOver);
      const all = await provider.logs?.(providerId, { skip: 0, limit: 100 });
      expect(all?.entries.map(({ text }) => text).join('\n')).toContain('used nowhere');
      const rest = await provider.logs?.(providerId, { skip: 1, limit: 100 });
      expect(rest?.entries).toEqual(all?.entries.slice(1));
      const first = await provider.logs?.(providerId, { skip: 0, limit: 1 });
      expect(first?.entries).toEqual(all?.entries.slice(0, 1));
    });
  },
);
