import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import type { SessionActivity } from '../../../lib/ports/agent-sessions.ts';
import { cutBody } from '../../support/faulty-answers.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { answerCall, linearUnderTest } from './linear-under-test.ts';

const appSecrets = {
  LINEAR_CLIENT_ID: testCredentials.clientId,
  LINEAR_CLIENT_SECRET: testCredentials.clientSecret,
};

async function withApp() {
  let time = Date.now();
  // Nothing happens at the same time.
  const now = () => (time += 1);
  const world = await linearUnderTest({ secrets: appSecrets, seed: { now } });
  const { id } = world.server.act.callApp({ issue: 'ENG-1', comment: '@cicd look at orders' });
  return { ...world, id };
}

const thought = (): SessionActivity => ({ id: randomUUID(), kind: 'thought', body: 'Hm' });

test('a session tells what it was begun with and what was said, oldest first', async () => {
  const { id, server, sessions } = await withApp();
  server.act.say(id, 'and payments');
  const stop = server.act.say(id, '', { by: 'otherApp', signal: 'stop' });
  const session = await sessions.get({ id, activity: stop.id }, answerCall);
  expect(session).toMatchObject({
    id,
    status: 'active',
    isOurs: true,
    isByPerson: true,
    issue: { identifier: 'ENG-1', title: 'Analyse orders', previousIdentifiers: [] },
    comment: '@cicd look at orders',
    prompts: [
      { body: 'and payments', isStop: false, isByPerson: true },
      { id: stop.id, isStop: true, isByPerson: false },
    ],
  });
});

test('what was said is found behind however much else', async () => {
  const { id, server, sessions } = await withApp();
  const first = server.act.say(id, 'orders');
  for (let count = 0; count < 25; count += 1) server.act.say(id, `word ${count}`);
  const session = await sessions.get({ id, activity: first.id }, answerCall);
  expect(session?.prompts).toHaveLength(21);
  expect(session?.prompts[0]).toMatchObject({ id: first.id, body: 'orders' });
});

test('a session that is not there is none', async () => {
  const { sessions } = await withApp();
  expect(await sessions.get({ id: randomUUID(), activity: null }, answerCall)).toBeUndefined();
});

test('the sessions of our app are listed, the latest change first', async () => {
  const { id, server, sessions } = await withApp();
  server.act.callApp({ issue: 'ENG-1', app: 'otherApp' });
  const later = server.act.callApp({ by: null });
  const since = new Date(Date.now() - 60_000).toISOString();
  const listed = await sessions.listChanged(since);
  expect(listed.map((session) => session.id).toSorted()).toEqual([id, later.id].toSorted());
  expect(listed.find((session) => session.id === later.id)).toMatchObject({ isByPerson: false });
  expect(await sessions.listChanged(new Date(Date.now() + 60_000).toISOString())).toEqual([]);
});

test('an activity, the plan and a link are shown in one request', async () => {
  const { id, server, sessions } = await withApp();
  const plan = [{ content: 'Read the files', status: 'inProgress' as const }];
  const link = { label: 'Run', url: 'https://cicd.example/runs/1' };
  await sessions.show(id, { activity: thought(), plan, link }, answerCall);
  expect(server.session(id)).toEqual({
    status: 'active',
    plan,
    links: [link.url],
    activities: ['thought: Hm'],
  });
  expect(server.requests.map(({ fields }) => fields)).toEqual([
    ['agentSessionUpdate', 'agentActivityCreate'],
  ]);
});

test('a question can be answered by a choice', async () => {
  const { id, server, sessions } = await withApp();
  const options = [{ label: 'orders', value: 'orders' }];
  const activity: SessionActivity = {
    id: randomUUID(),
    kind: 'elicitation',
    body: 'Which one?',
    options,
  };
  await sessions.show(id, { activity }, answerCall);
  expect(server.world.activities).toMatchObject([
    { signal: 'select', signalMetadata: { options } },
  ]);
  expect(server.session(id).status).toBe('awaitingInput');
});

test('an activity whose confirmation is lost, and one that is shown again, is there once', async () => {
  const { id, server, sessions } = await withApp();
  const activity = thought();
  server.script([{ answer: cutBody(), carriedOut: true }]);
  await sessions.show(id, { activity }, answerCall);
  await sessions.show(id, { activity }, answerCall);
  expect(server.session(id).activities).toEqual(['thought: Hm']);
});

test('a link that Linear refuses keeps nothing from being said', async () => {
  const { id, server, sessions } = await withApp();
  const link = { label: 'Run', url: 'http://localhost:4200/runs/1' };
  await sessions.show(id, { activity: thought(), link }, answerCall);
  expect(server.session(id)).toMatchObject({ links: [], activities: ['thought: Hm'] });
});

test('what is said in the session of another app is refused', async () => {
  const { server, sessions } = await withApp();
  const { id } = server.act.callApp({ app: 'otherApp' });
  await expect(sessions.show(id, { activity: thought() }, answerCall)).rejects.toThrow(
    UpstreamError,
  );
});

test("with a person's key alone nothing can be said", async () => {
  const { sessions } = await linearUnderTest();
  expect(await sessions.isConfigured()).toBe(false);
  const { sessions: ofApp } = await linearUnderTest({ secrets: appSecrets });
  expect(await ofApp.isConfigured()).toBe(true);
});
