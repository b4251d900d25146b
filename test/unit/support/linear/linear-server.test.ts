import { randomUUID } from 'node:crypto';
import { LinearClient } from '@linear/sdk';
import { describe, expect, it } from 'vitest';
import { serverError } from '../../../support/faulty-answers.ts';
import { ask } from '../../../support/linear/ask.ts';
import { startLinearServer } from '../../../support/linear/linear-server.ts';

const isWrite = ({ kind }: { kind: string }) => kind === 'mutation';

describe('the Linear of tests', () => {
  it('answers the SDK', async () => {
    const server = await startLinearServer();
    const client = new LinearClient({ apiKey: server.credentials.apiKey, apiUrl: server.url });
    expect((await client.viewer).name).toBe('Ada Lovelace');
    const issue = await client.issue('ENG-1');
    expect(issue.title).toBe('Analyse orders');
    expect((await issue.state)?.name).toBe('Todo');
    await client.createComment({ issueId: issue.id, body: 'On it' });
    expect(server.issue('ENG-1').comments).toMatchObject([
      { body: 'On it', author: 'Ada Lovelace' },
    ]);
    expect(server.violations).toEqual([]);
  });

  it('finds an issue by id and by identifier, and says so in the words of Linear when not', async () => {
    const server = await startLinearServer();
    const { id } = server.issue('ENG-1');
    const query = 'query($id: String!) { issue(id: $id) { identifier } }';
    for (const name of [id, 'ENG-1']) {
      const { data } = await ask(server, query, { variables: { id: name } });
      expect(data).toEqual({ issue: { identifier: 'ENG-1' } });
    }
    const { data, errors } = await ask(server, query, { variables: { id: 'ENG-99' } });
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: 'Entity not found: Issue',
      extensions: { code: 'INPUT_ERROR', statusCode: 400 },
    });
    expect(server.violations).toEqual([]);
  });

  it.each([200, 400] as const)('refuses with the status that is wanted: %i', async (status) => {
    const server = await startLinearServer({ refusalStatus: status });
    const refused = await ask(server, '{ issue(id: "ENG-99") { id } }');
    expect(refused.status).toBe(status);
    const half = await ask(server, '{ a: viewer { id } webhooks(first: 0) { nodes { id } } }');
    expect(half.status).toBe(status);
  });

  it('keeps what requests do wrong', async () => {
    const server = await startLinearServer();
    const wrong = await ask(server, '{ viewer { nickname } }');
    expect(wrong.status).toBe(400);
    await ask(server, 'query($id: String!) { issue(id: $id) { id } }', { variables: { id: 7 } });
    await ask(server, '{ viewer { id } }', {
      authorization: `Bearer ${server.credentials.apiKey}`,
    });
    await ask(server, '{ projects { nodes { id } } }');
    await fetch(server.url, { method: 'POST', body: 'query=x' });
    expect(server.violations).toEqual([
      expect.stringContaining('Cannot query field "nickname"'),
      expect.stringContaining('got invalid value 7'),
      'an API key does not go behind Bearer',
      'The test server does not serve Query.projects',
      expect.stringContaining('content type text/plain'),
    ]);
  });

  it('tells which operations it was asked for', async () => {
    const server = await startLinearServer();
    await ask(server, 'query Me { viewer { id } organization { id } }');
    expect(server.requests).toMatchObject([
      {
        operation: 'Me',
        kind: 'query',
        fields: ['viewer', 'organization'],
        authorization: 'key',
      },
    ]);
  });

  it('carries out mutations in order; one that fails leaves the others done', async () => {
    const server = await startLinearServer();
    const taken = randomUUID();
    const document = `mutation($taken: String!) {
      one: commentCreate(input: { id: $taken, issueId: "ENG-1", body: "1" }) { success }
      two: commentCreate(input: { id: $taken, issueId: "ENG-1", body: "2" }) { success }
    }`;
    const first = await ask(server, document, { variables: { taken } });
    expect(first.errors).toMatchObject([
      { message: 'conflict on insert of Comment', path: ['two'] },
    ]);
    expect(server.issue('ENG-1').comments).toEqual([
      { id: taken, body: '1', author: 'Ada Lovelace' },
    ]);
    expect(server.duplicates).toEqual([taken]);
  });

  it('gives scripted answers to the requests that they are for', async () => {
    const server = await startLinearServer();
    const comment = `mutation { commentCreate(input: { issueId: "ENG-1", body: "x" }) { success } }`;
    server.script([
      { answer: serverError(), when: isWrite },
      { answer: serverError(), when: isWrite, carriedOut: true },
    ]);
    expect((await ask(server, '{ viewer { id } }')).status).toBe(200);
    expect((await ask(server, comment)).status).toBe(500);
    expect(server.issue('ENG-1').comments).toHaveLength(0);
    expect((await ask(server, comment)).status).toBe(500);
    expect(server.issue('ENG-1').comments).toHaveLength(1);
    expect((await ask(server, comment)).status).toBe(200);
  });
});
