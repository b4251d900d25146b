import { expect, test } from 'vitest';
import { claimAnalysis } from '../../../../lib/flows/agent-session/start-analysis.ts';
import { stopAnalyses } from '../../../../lib/flows/agent-session/stop-analyses.ts';
import { takeTurn, type TakenTurn } from '../../../../lib/flows/agent-session/take-turn.ts';
import type { AgentSessionServices } from '../../../../lib/flows/agent-session/services.ts';
import { createLogger } from '../../../../lib/runtime/logging.ts';
import {
  buildPrompt,
  buildSession,
  buildSessionServices,
  sessionId,
} from '../../../builders/session-services.ts';

const created = { session: sessionId, activity: null };
const prompted = { session: sessionId, activity: 'activity-1' };
const stop = { session: sessionId, turn: 'activity-2', saidAt: '2026-11-22T10:05:30.000Z' };
const orders = buildPrompt('orders');

async function demandTurn(
  input: typeof created | typeof prompted,
  services: AgentSessionServices,
): Promise<TakenTurn> {
  const turn = await takeTurn(input, services);
  if (turn.kind === 'none') throw new Error(turn.why);
  return turn;
}

/** Takes the turn, and claims the analysis that it asks for. */
async function claim(input: typeof created | typeof prompted, services: AgentSessionServices) {
  const turn = await demandTurn(input, services);
  if (turn.decision.kind !== 'start') throw new Error(`It was to start: ${turn.decision.kind}`);
  return claimAnalysis({ input, turn, wanted: turn.decision }, services);
}

test('what was said is answered by one event, and by that one again after a crash', async () => {
  const { services } = buildSessionServices(buildSession({ prompts: [orders] }));
  const first = await demandTurn(prompted, services);
  expect(first).toMatchObject({ id: 'activity-1', decision: { kind: 'start' } });
  expect(await takeTurn(prompted, services)).toEqual(first);
  expect(await takeTurn(created, services)).toMatchObject({ kind: 'none' });
});

test('how it was begun and what was said meanwhile are one turn for the later event', async () => {
  const { services } = buildSessionServices(buildSession({ prompts: [orders] }));
  expect(await demandTurn(created, services)).toMatchObject({
    id: 'activity-1',
    saidAt: orders.createdAt,
    happenedAt: buildSession().createdAt,
  });
  expect(await takeTurn(prompted, services)).toMatchObject({ kind: 'none' });
});

test('what is said after that is a turn of its own', async () => {
  const { services, setSession } = buildSessionServices(buildSession());
  expect(await demandTurn(created, services)).toMatchObject({
    id: 'created',
    decision: { kind: 'unclear' },
  });
  setSession(buildSession({ prompts: [orders] }));
  expect(await demandTurn(prompted, services)).toMatchObject({ decision: { kind: 'start' } });
});

test('what Linear does not show yet is asked for again', async () => {
  const { services } = buildSessionServices();
  await expect(takeTurn(prompted, services)).rejects.toMatchObject({ retryable: true });
});

test.each([
  { why: 'gone', session: undefined },
  { why: "another app's", session: buildSession({ isOurs: false }) },
  { why: 'begun by nobody', session: buildSession({ isByPerson: false }) },
  {
    why: 'one in which an app has spoken',
    session: buildSession({ prompts: [{ ...orders, isByPerson: false }] }),
  },
])('a session that is $why is not answered', async ({ session }) => {
  const { services, setSession } = buildSessionServices();
  setSession(session);
  const said = session?.prompts.length === 1;
  expect(await takeTurn(said ? prompted : created, services)).toMatchObject({ kind: 'none' });
});

test('an analysis is under way from its claim to its end', async () => {
  const { services, setRun, setSession } = buildSessionServices(
    buildSession({ prompts: [orders] }),
  );
  const claimed = await claim(prompted, services);
  if (claimed.kind !== 'mine') throw new Error(claimed.kind);
  expect(claimed.run).toMatchObject({
    flow: 'component-analysis',
    input: {
      component: 'orders',
      agents: true,
      origin: { kind: 'linear-session', id: sessionId, identifier: 'ENG-7' },
    },
  });
  setRun(claimed.run.name, 'running');
  setSession(buildSession({ prompts: [buildPrompt('orders?', { id: 'activity-2' })] }));
  const again = { session: sessionId, activity: 'activity-2' };
  expect(await demandTurn(again, services)).toMatchObject({ decision: { kind: 'busy' } });
  setRun(claimed.run.name, 'succeeded');
  expect(await demandTurn(again, services)).toMatchObject({ decision: { kind: 'start' } });
});

test('a stop between taking a turn and starting leaves nothing to start', async () => {
  const { services } = buildSessionServices(buildSession({ prompts: [orders] }));
  const turn = await demandTurn(prompted, services);
  await stopAnalyses(stop, services, createLogger());
  if (turn.decision.kind !== 'start') throw new Error(turn.decision.kind);
  const wish = { input: prompted, turn, wanted: turn.decision };
  expect(await claimAnalysis(wish, services)).toEqual({ kind: 'stopped' });
});

test('a stop of before what was said leaves it to start, however late its event comes', async () => {
  const { services } = buildSessionServices(buildSession({ prompts: [orders] }));
  const turn = await demandTurn(prompted, services);
  const earlier = { ...stop, turn: 'activity-0', saidAt: '2026-11-22T10:04:00.000Z' };
  await stopAnalyses(earlier, services, createLogger());
  if (turn.decision.kind !== 'start') throw new Error(turn.decision.kind);
  const wish = { input: prompted, turn, wanted: turn.decision };
  expect(await claimAnalysis(wish, services)).toMatchObject({ kind: 'mine' });
});

test('what was said before a stop starts nothing, however late its event comes', async () => {
  const asksToStop = buildPrompt('', {
    id: 'activity-2',
    isStop: true,
    createdAt: '2026-11-22T10:05:30.000Z',
  });
  const { services } = buildSessionServices(buildSession({ prompts: [orders, asksToStop] }));
  const stopped = { session: sessionId, activity: 'activity-2' };
  expect(await demandTurn(stopped, services)).toMatchObject({ decision: { kind: 'stop' } });
  await stopAnalyses(stop, services, createLogger());
  expect(await takeTurn(prompted, services)).toMatchObject({ kind: 'none' });
});

test('what the label has asked for is not started once more, and the session says so', async () => {
  const { services, setRun } = buildSessionServices(buildSession({ prompts: [orders] }));
  const ask = { issueId: 'issue-1', repository: 'acme/shop', component: 'orders' };
  const askedAt = '2026-11-22T09:00:00.000Z';
  await services.asks.claim({ ...ask, askedAt }, 'label', 'labelled');
  setRun('labelled', 'running');
  expect(await claim(prompted, services)).toMatchObject({
    kind: 'asked-by-label',
    reply: { kind: 'response', body: expect.stringContaining('The label on `ENG-7` has asked') },
  });
});

test('what the session has asked for the label does not ask for, as long as it goes on', async () => {
  const { services, setRun } = buildSessionServices(buildSession({ prompts: [orders] }));
  const claimed = await claim(prompted, services);
  if (claimed.kind !== 'mine') throw new Error(claimed.kind);
  setRun(claimed.run.name, 'waiting');
  const ask = { issueId: 'issue-1', repository: 'acme/shop', component: 'orders' };
  const later = { ...ask, askedAt: '2026-11-22T11:00:00.000Z' };
  expect(await services.asks.claim(later, 'label', 'labelled')).toMatchObject({ by: 'session' });
  setRun(claimed.run.name, 'succeeded');
  expect(await services.asks.claim(later, 'label', 'labelled')).toBeUndefined();
});
