import { expect, test } from 'vitest';
import { acknowledge } from '../../../../lib/flows/agent-session/acknowledge.ts';
import { act } from '../../../../lib/flows/agent-session/act.ts';
import { takeTurn } from '../../../../lib/flows/agent-session/take-turn.ts';
import { answerKey } from '../../../../lib/flows/answers/answer-key.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import {
  buildPrompt,
  buildSession,
  buildSessionServices,
  sessionId,
  sessionPlace,
} from '../../../builders/session-services.ts';
import { buildWaitingFlow } from '../../../builders/waiting-flow.ts';

const down = new UpstreamError('Linear is down', { service: 'linear', retryable: true });
const created = { session: sessionId, activity: null };
const prompted = { session: sessionId, activity: 'activity-1' };

/** A session that asks for `orders`, and what answers its event. */
function buildEvent(input: typeof created | typeof prompted = prompted) {
  const world = buildSessionServices(buildSession({ prompts: [buildPrompt('orders')] }));
  const { flow, warnings } = buildWaitingFlow();
  const event = { flowContext: flow, input, services: world.services };
  const takeOwnTurn = async () => {
    const turn = await takeTurn(input, world.services);
    if (turn.kind === 'none') throw new Error(turn.why);
    return turn;
  };
  return { ...world, event, takeOwnTurn, warnings };
}

test('a session is acknowledged once, whichever event tells of it first', async () => {
  const { event, shown } = buildEvent(prompted);
  const at = event.services.now();
  expect(await acknowledge(event)).toEqual({ kind: 'acknowledged', at });
  expect(await acknowledge({ ...event, input: created })).toEqual({ kind: 'acknowledged', at });
  const ids = shown.map(({ activity }) => activity?.id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids)).toHaveLength(1);
});

test('what is said in a session that was heard of is not acknowledged', async () => {
  const { event, shown, takeOwnTurn } = buildEvent(created);
  await takeOwnTurn();
  expect(await acknowledge(event)).toEqual({ kind: 'needless' });
  expect(await acknowledge({ ...event, input: prompted })).toEqual({ kind: 'needless' });
  expect(shown).toEqual([]);
});

test('without the credentials of the app nothing is tried', async () => {
  const { event } = buildEvent(created);
  event.services.sessions.isConfigured = async () => false;
  expect(await acknowledge(event)).toEqual({ kind: 'unable' });
});

test('an acknowledgement that cannot be given keeps nothing from being done', async () => {
  const { event, warnings } = buildEvent(created);
  event.services.sessions.show = () => Promise.reject(down);
  expect(await acknowledge(event)).toEqual({ kind: 'needless' });
  expect(warnings).toEqual(['The session could not be acknowledged']);
});

test('an analysis is announced, and started also where it cannot be announced', async () => {
  const { event, services, shown, takeOwnTurn } = buildEvent();
  expect(await act(event, await takeOwnTurn())).toMatchObject({ done: 'start' });
  expect(shown).toMatchObject([
    {
      activity: { kind: 'action', action: 'Analysing', parameter: 'orders' },
      plan: [{}, {}, {}, {}, {}, {}],
    },
  ]);

  // Owed before the run has come to say anything itself.
  const record = await services.answers.get(answerKey(sessionPlace, 'any'));
  expect(record).toMatchObject({ closed: null, run: { subject: 'orders of acme/shop' } });

  const silent = buildEvent();
  silent.event.services.sessions.show = () => Promise.reject(down);
  expect(await act(silent.event, await silent.takeOwnTurn())).toMatchObject({ done: 'start' });
});
