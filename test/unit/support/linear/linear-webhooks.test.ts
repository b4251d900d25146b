import { describe, expect, it } from 'vitest';
import { linearIssueChange } from '../../../../lib/adapters/linear/issue-change.ts';
import { ask } from '../../../support/linear/ask.ts';
import { startLinearServer } from '../../../support/linear/linear-server.ts';

const createWebhook = `mutation($input: WebhookCreateInput!) {
  webhookCreate(input: $input) { webhook { id enabled secret } }
}`;
const input = {
  url: 'https://cicd.example/webhooks/linear',
  resourceTypes: ['Issue'],
  allPublicTeams: true,
  secret: 'of-no-worth',
};

describe('webhooks of the Linear of tests', () => {
  it('tell of a change as Linear tells it', async () => {
    const server = await startLinearServer();
    server.act.label('ENG-1', 'analysed');
    const payload = server.act.label('ENG-1', 'component-analysis', { by: 'bob' });
    expect(payload).toMatchObject({
      type: 'Issue',
      action: 'update',
      actor: { type: 'user', name: 'Bob Stone' },
    });
    const { updatedAt } = server.issue('ENG-1');
    expect(linearIssueChange(payload)).toMatchObject({
      identifier: 'ENG-1',
      updatedAt,
      labels: [{ name: 'component-analysis' }, { name: 'analysed' }],
      changes: {
        fields: expect.arrayContaining(['labelIds', 'updatedAt']),
        previousLabelIds: [server.world.labels[1]?.id],
      },
    });
  });

  it.each([
    { by: 'app', type: 'oauthClient' },
    { by: 'integration', type: 'integration' },
    { by: 'external', type: 'externalUser' },
    { by: 'guest', type: 'user' },
  ] as const)('say what $by is', async ({ by, type }) => {
    const server = await startLinearServer();
    const payload = server.act.createIssue({ title: 'New', labels: ['analysed'] }, { by });
    expect(payload).toMatchObject({ action: 'create', actor: { type }, data: { title: 'New' } });
    expect(payload).not.toHaveProperty('updatedFrom');
  });

  it('call an app a user where that is wanted', async () => {
    const server = await startLinearServer({ appsActAs: 'user' });
    const payload = server.act.rename('ENG-1', 'New', { by: 'app' });
    expect(payload).toMatchObject({ actor: { type: 'user', name: 'cicd' } });
  });

  it("tell of the system's own writes", async () => {
    const server = await startLinearServer();
    await ask(server, 'mutation { issueUpdate(id: "ENG-1", input: { title: "T" }) { success } }');
    expect(server.payloads).toMatchObject([
      { type: 'Issue', updatedFrom: { title: 'Analyse orders' } },
    ]);
  });

  it('are made, changed and removed by administrators only', async () => {
    const server = await startLinearServer();
    const made = await ask(server, createWebhook, { variables: { input } });
    expect(made.data).toMatchObject({ webhookCreate: { webhook: { enabled: true } } });
    const id = server.world.webhooks[0]?.id;
    const update = `mutation($id: String!) {
      webhookUpdate(id: $id, input: { enabled: false }) { success }
    }`;
    await ask(server, update, { variables: { id } });
    expect(server.world.webhooks).toMatchObject([{ ...urlOnly, enabled: false }]);
    server.setAdmin(false);
    const refused = await ask(server, '{ webhooks { nodes { id } } }');
    expect(refused.errors).toMatchObject([{ extensions: { statusCode: 403 } }]);
    server.setAdmin(true);
    const remove = 'mutation($id: String!) { webhookDelete(id: $id) { entityId } }';
    await ask(server, remove, { variables: { id } });
    expect(server.world.webhooks).toEqual([]);
  });

  it('need a public address and teams', async () => {
    const server = await startLinearServer();
    const local = { ...input, url: 'http://127.0.0.1:4200/webhooks/linear' };
    const teamless = { ...input, allPublicTeams: false };
    for (const wrong of [local, teamless]) {
      const { errors } = await ask(server, createWebhook, { variables: { input: wrong } });
      expect(errors).toMatchObject([{ message: 'Argument Validation Error' }]);
    }
    expect(server.world.webhooks).toEqual([]);
  });

  it('remember what could not be delivered, newest first', async () => {
    const server = await startLinearServer();
    await ask(server, createWebhook, { variables: { input } });
    server.act.lose(server.act.rename('ENG-1', 'One'));
    server.act.lose(server.act.rename('ENG-1', 'Two'), { httpStatus: 500, reason: 'Oops' });
    const { data } = await ask(
      server,
      '{ webhooks { nodes { failures { executionId httpStatus responseOrError url } } } }',
    );
    expect(data).toMatchObject({
      webhooks: {
        nodes: [
          {
            failures: [
              { httpStatus: 500, responseOrError: 'Oops', url: input.url },
              { httpStatus: null },
            ],
          },
        ],
      },
    });
  });
});

const urlOnly = { url: input.url };
