import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { actionArbitrary } from './schedule-actions.ts';
import { minute, ScheduleWorld } from './schedule-world.ts';
import { observedSchedule, TickObserver } from './tick-observer.ts';

beforeEach(() => {
  setLogSink(() => {});
  return () => setLogSink(writeJsonLine);
});

test('never ticks twice in a slot, while paused or while a run goes on, and goes on in the end', async () => {
  const actions = fc.array(actionArbitrary, { minLength: 5, maxLength: 40 });
  const property = fc.asyncProperty(actions, async (happening) => {
    const world = new ScheduleWorld({
      folder: temporaryFolder(),
      start: '2026-03-02T00:07:00Z',
      definitions: [observedSchedule],
    });
    const observer = new TickObserver(world);
    try {
      for (const action of happening) await observer.act(action);

      world.death = undefined;
      await observer.act({ kind: 'runs are long', long: false });
      await observer.act({ kind: 'runs end' });
      await observer.act({ kind: 'resume' });
      await observer.act({ kind: 'resume agents' });
      const before = observer.ticks;
      for (const _ of [1, 2, 3, 4]) {
        await observer.act({
          kind: 'time passes',
          milliseconds: observedSchedule.everyMinutes * minute,
        });
      }
      expect(observer.ticks - before).toBeGreaterThanOrEqual(2);
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);
