import { expect, it } from 'vitest';
import { z } from 'zod';
import { requestJson } from '../../../lib/adapters/github/requests/request.ts';
import { githubWithToken, shop } from './github-fixture.ts';
import { startReceiver } from './receiver.ts';

it('asks nobody but the API, even when a parameter is taken for an address', async () => {
  const { access } = await githubWithToken();
  const elsewhere = await startReceiver(200);
  const client = await access.clientFor(shop.name);
  const asking = requestJson(client, {
    route: 'PATCH /app/hook/config',
    parameters: { url: elsewhere.url },
    schema: z.unknown(),
    subject: 'the webhook of the GitHub App',
    right: 'App webhook: write',
  });
  await expect(asking).rejects.toThrow('a request would go elsewhere');
  expect(elsewhere.guids).toEqual([]);
});
