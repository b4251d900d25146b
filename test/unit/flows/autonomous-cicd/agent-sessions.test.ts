import { beforeEach, expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { agentSessions } from '../../../../lib/flows/autonomous-cicd/agent-sessions.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { noSessions } from '../../../builders/agent-sessions.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { buildSession } from '../../../builders/session-services.ts';

beforeEach(() => setLogSink(() => {}));

const dayMinutes = 24 * 60;

/** Sessions at Linear, which lists what has changed; nobody else tells of them. */
function build() {
  const cicd = buildCicd();
  const { ago, putForward, services } = cicd;
  const begun = new Map<string, Date>();
  services.sessions = {
    ...noSessions,
    isConfigured: async () => true,
    listChanged: async (since) =>
      [...begun]
        .filter(([, at]) => at > new Date(since))
        .map(([id, at]) => buildSession({ id, createdAt: at.toISOString() }))
        .toReversed(),
  };
  return {
    ...cicd,
    begin: (id: string, minutes: number) => void begun.set(id, ago(minutes)),
    refuse: (status: number) => {
      const refused = new UpstreamError('Not that', {
        service: 'linear',
        status,
        retryable: false,
      });
      services.sessions.listChanged = () => Promise.reject(refused);
    },
    tick: () => {
      putForward(15);
      return cicd.work(agentSessions);
    },
  };
}

const inputs = ({ runs }: ReturnType<typeof build>) => runs.requests.map(({ input }) => input);

test('a session that nobody has told of starts its run, once', async () => {
  const world = build();
  world.begin('session-1', 10);
  expect((await world.tick()).found).toHaveLength(1);
  expect((await world.tick()).found).toEqual([]);
  expect(inputs(world)).toEqual([{ session: 'session-1', activity: null }]);
});

test('sessions from while the host was off are found when it is on again, for a week', async () => {
  const world = build();
  await world.tick();
  world.putForward(8 * dayMinutes);
  world.begin('old', 7 * dayMinutes + 30);
  world.begin('new', 6 * dayMinutes);
  await world.tick();
  expect(inputs(world)).toEqual([{ session: 'new', activity: null }]);
});

test('what one tick cannot work off is found by the next, however long ago it was', async () => {
  const world = build();
  await world.tick();
  const bus = { ...world.services.bus };
  world.services.bus.publish = () => Promise.reject(new Error('The bus is down'));
  world.begin('session-1', 3);
  expect((await world.tick()).problems).toEqual(['The bus is down']);
  world.putForward(2 * dayMinutes);
  world.services.bus = bus;
  await world.tick();
  expect(inputs(world)).toEqual([{ session: 'session-1', activity: null }]);
});

test('what was begun just now is looked at again once a webhook would have told it', async () => {
  const world = build();
  await world.tick();
  world.begin('session-1', -14);
  expect((await world.tick()).found).toEqual([]);
  expect((await world.tick()).found).toHaveLength(1);
});

test('that the app may have no sessions is said once, and fails nothing', async () => {
  const world = build();
  world.refuse(403);
  expect((await world.tick()).problems).toEqual([]);
  expect((await world.tick()).problems).toEqual([]);
  expect(world.said).toHaveLength(1);
});

test('that the question itself is refused is told every time, and is not passed over', async () => {
  const world = build();
  const sessions = { ...world.services.sessions };
  world.begin('session-1', 10);
  world.refuse(400);
  expect((await world.tick()).problems).toEqual(['Not that']);
  world.services.sessions = sessions;
  expect((await world.tick()).found).toHaveLength(1);
});
