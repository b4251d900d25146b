import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { cutBody } from '../../support/faulty-answers.ts';
import { testCredentials } from '../../support/linear/access.ts';
import { linearUnderTest } from './linear-under-test.ts';

const { clientId, clientSecret } = testCredentials;
const app = { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret };
const webhook = { url: 'https://cicd.example.com/linear', label: 'cicd', resourceTypes: ['Issue'] };

test('says who asks, in which workspace, and what of the quota is left', async () => {
  const { admin } = await linearUnderTest();
  expect(await admin.whoAmI()).toMatchObject({
    name: 'Ada Lovelace',
    isApp: false,
    isAdmin: true,
    workspace: 'Acme',
    quota: { limit: 2_500, remaining: 2_499 },
  });
});

test('an app says that it is one', async () => {
  const { admin } = await linearUnderTest({ secrets: app });
  expect(await admin.whoAmI()).toMatchObject({ name: 'cicd', isApp: true });
});

test('finds a team by its key, with its states and labels', async () => {
  const { admin } = await linearUnderTest();
  const team = await admin.findTeam('eng');
  expect(team).toMatchObject({ key: 'ENG', name: 'Engineering' });
  expect(await admin.listStates(team?.id ?? '')).toContainEqual({
    name: 'Done',
    type: 'completed',
  });
  const labels = await admin.findLabels(team?.id ?? '', ['Analysed', 'none']);
  expect(labels.map(({ name }) => name)).toEqual(['analysed']);
  expect(await admin.findTeam('NONE')).toBeUndefined();
  expect(await admin.listTeams()).toMatchObject([{ key: 'ENG', name: 'Engineering' }]);
});

test('an issue and its sub-issue are made once, also where the confirmation is lost', async () => {
  const { admin, server } = await linearUnderTest();
  const teamId = server.world.teams[0]?.id ?? '';
  const tracking = { id: randomUUID(), teamId, title: 'All components', description: 'The table' };
  server.script([{ answer: cutBody(), carriedOut: true }]);
  const made = await admin.createIssue(tracking);
  const child = { ...tracking, id: randomUUID(), title: 'lib', parentId: made.id };
  await admin.createIssue(child);
  expect(await admin.createIssue(child)).toMatchObject({ id: child.id, identifier: 'ENG-3' });
  expect(server.world.issues.map(({ parentId }) => parentId)).toEqual([null, null, made.id]);
});

test('a label is made once; a refusal for another reason is told', async () => {
  const { admin, server } = await linearUnderTest();
  const teamId = server.world.teams[0]?.id ?? '';
  const label = { id: randomUUID(), teamId, name: 'later' };
  await admin.createLabel(label);
  await admin.createLabel(label);
  expect(server.world.labels.filter(({ name }) => name === 'later')).toHaveLength(1);
  const wrong = admin.createLabel({ ...label, id: 'no UUID' });
  await expect(wrong).rejects.toMatchObject({ retryable: false });
});

test('a webhook is made, changed, listed with its failures, and removed', async () => {
  const { admin, server } = await linearUnderTest();
  const made = await admin.createWebhook({ ...webhook, secret: 'a secret of no worth' });
  expect(made).toMatchObject({ ...webhook, enabled: true, failures: [] });
  await admin.updateWebhook(made.id, { ...webhook, url: 'https://cicd.example.com/new' });
  server.act.lose(server.act.rename('ENG-1', 'Other'), {
    httpStatus: 502,
    reason: '<html>\n\u001b',
  });

  const [listed] = await admin.listWebhooks();

  expect(listed).toMatchObject({ id: made.id, url: 'https://cicd.example.com/new' });
  expect(listed?.failures).toMatchObject([{ httpStatus: 502, reason: '<html> ⏎ \ufffd' }]);
  expect(server.world.webhooks[0]?.secret).toBe('a secret of no worth');
  await admin.removeWebhook(made.id);
  await admin.removeWebhook(made.id);
  expect(await admin.listWebhooks()).toEqual([]);
});

test('a webhook is made once where the confirmation is lost', async () => {
  const { admin, server } = await linearUnderTest();
  server.script([{ answer: cutBody(), carriedOut: true }]);
  await admin.createWebhook(webhook);
  expect(server.world.webhooks).toHaveLength(1);
});

test('who may not see webhooks learns what it takes', async () => {
  const { admin, server } = await linearUnderTest();
  server.setAdmin(false);
  await expect(admin.listWebhooks()).rejects.toMatchObject({
    retryable: false,
    status: 403,
    message: expect.stringMatching(/administrator/),
  });
});

test('an app alone learns that webhooks take the key of an administrator', async () => {
  const { admin } = await linearUnderTest({ secrets: app });
  await expect(admin.listWebhooks()).rejects.toMatchObject({
    status: 403,
    message: expect.stringMatching(/LINEAR_API_KEY of an administrator/),
  });
});
