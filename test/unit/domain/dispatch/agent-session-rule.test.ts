import { expect, test } from 'vitest';
import { decideDispatch } from '../../../../lib/domain/dispatch/decide.ts';
import type { BusEvent } from '../../../../lib/domain/event.ts';
import { agentSessionInputSchema } from '../../../../lib/flows/agent-session/input.ts';
import { buildDispatchContext, buildEvent, buildSessionEvent } from '../../../builders/events.ts';

const context = buildDispatchContext();
const prompt = { id: 'activity-1', type: 'prompt', body: 'web', signal: null, isOwn: false };

const prompted = { type: 'AgentSessionEvent.prompted' };
const decide = (event: BusEvent) => decideDispatch(event, context);

test('a session that a person has begun is answered, also while the system is paused', () => {
  expect(decide(buildSessionEvent())).toEqual([
    {
      kind: 'run',
      flow: 'agent-session',
      name: expect.stringMatching(/^agent-session-[0-9a-f]{40}$/),
      input: { session: 'session-1', activity: null },
      reason: 'the session of ENG-7 was begun',
      whilePaused: true,
    },
  ]);
});

test('what a person says in it is answered', () => {
  const [decision] = decide(buildSessionEvent({ activity: prompt }, prompted));
  expect(decision).toMatchObject({
    input: { session: 'session-1', activity: 'activity-1' },
    reason: 'something was said in the session of ENG-7',
  });
});

function nameOf(event: BusEvent): string {
  const [decision] = decide(event);
  if (decision?.kind !== 'run') throw new Error('It was to be a run');
  expect(agentSessionInputSchema.parse(decision.input)).toEqual(decision.input);
  return decision.name;
}

test('each event of a session has one run, however often and in whichever words it is told', () => {
  const moved = { id: 'issue-1', identifier: 'OPS-1', title: 'Slower' };
  const begun = nameOf(buildSessionEvent());
  expect(nameOf(buildSessionEvent({ issue: moved }, { deliveryId: 'other' }))).toBe(begun);
  const said = nameOf(buildSessionEvent({ activity: prompt }, prompted));
  const saidMore = nameOf(buildSessionEvent({ activity: { ...prompt, id: 'a-2' } }, prompted));
  expect(new Set([begun, said, saidMore])).toHaveLength(3);
});

test.each([
  {
    why: 'the app has said it itself',
    event: buildSessionEvent({ activity: { ...prompt, isOwn: true } }, prompted),
  },
  {
    why: 'nobody has said anything: thought',
    event: buildSessionEvent({ activity: { ...prompt, type: 'thought' } }, prompted),
  },
  {
    why: 'no person has called the app: only users may ask',
    event: buildSessionEvent({}, { sender: null }),
  },
  {
    why: 'integration has called the app: only users may ask',
    event: buildSessionEvent({}, { sender: { login: 'Slack', type: 'integration' } }),
  },
  {
    why: 'the payload does not hold what was said',
    event: buildSessionEvent({}, prompted),
  },
  {
    why: 'the payload does not hold the session',
    event: buildEvent({ source: 'linear', type: 'AgentSessionEvent.created' }),
  },
])('is ignored: $why', ({ event, why }) => {
  expect(decide(event)).toEqual([{ kind: 'ignored', reason: why }]);
});

test.each(['AgentSessionEvent.dismissed', 'AppUserNotification.issueMention', 'Comment.create'])(
  'nothing listens to %s',
  (type) => {
    expect(decide(buildSessionEvent({}, { type }))).toMatchObject([{ kind: 'ignored' }]);
  },
);
