import { LinearClient } from '@linear/sdk';
import { expect, it } from 'vitest';
import { startLinearServer } from '../../../support/linear/linear-server.ts';

it('answers who the key belongs to, and what an issue is', async () => {
  const server = await startLinearServer();
  const client = new LinearClient({ apiKey: server.credentials.apiKey, apiUrl: server.url });
  expect((await client.viewer).name).toBe('Ada Lovelace');
  const issue = await client.issue('ENG-1');
  expect(issue.title).toBe('Analyse orders');
  expect((await issue.state)?.name).toBe('Todo');
  expect(server.violations).toEqual([]);
});
