import { expect, test } from 'vitest';
import { createSessionMemories } from '../../../../lib/flows/agent-session/session-memory.ts';
import { buildStore } from '../../../builders/dispatch-services.ts';

test('what an older version has written is remembered, as said before any stop', async () => {
  const store = buildStore();
  const heard = [{ turn: 'activity-1', event: 'activity-1' }];
  const analysis = { name: 'orders-1', repository: 'acme/shop', component: 'orders' };
  const value = { heard, analyses: [analysis], stops: ['activity-0'] };
  await store.put({ partition: 'agent-sessions', key: 'session-1', value });

  const memories = createSessionMemories(store, Date.now);
  const memory = await memories.get('session-1');

  expect(memory).toMatchObject({ heard, analyses: [analysis] });
  expect(memory.analyses[0]?.saidAt).toBe('1970-01-01T00:00:00.000Z');
});
