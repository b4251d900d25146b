import { expect, test } from 'vitest';
import { startEngine } from './engine-fixture.ts';

test('a run is found by its name, also where starting it again is refused for its other input', async () => {
  const engine = startEngine({ fine: async () => 'done' });
  const request = { flow: 'fine', name: 'cause-1', cause: { kind: 'cli' } } as const;
  const { runId } = await engine.start({ ...request, input: { component: 'orders' } });

  await expect(engine.start({ ...request, input: { component: 'web' } })).rejects.toMatchObject({
    name: 'RequestRejectedError',
    reason: 'conflict',
  });
  expect(await engine.findByName('cause-1')).toMatchObject({ id: runId, name: 'cause-1' });
  expect(await engine.findByName('cause-2')).toBeUndefined();
});
