import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { setLogSink, writeJsonLine } from '../../../lib/runtime/logging.ts';
import type { RunSummary } from '../../../lib/domain/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { minute, ScheduleWorld, type Death } from './schedule-world.ts';

const name = 'autonomous-cicd';
const everyMinutes = 15;
const definitions = [{ name, flow: name, everyMinutes, startsAgents: true }];
const slotAt = (time: number) => Math.floor(time / (everyMinutes * minute));

type Action =
  | { kind: 'time passes'; milliseconds: number }
  | { kind: 'clock is set'; milliseconds: number }
  | { kind: 'restart' }
  | { kind: 'death'; death: Death }
  | { kind: 'pause' | 'resume' | 'pause agents' | 'resume agents' }
  | { kind: 'runs are long'; long: boolean }
  | { kind: 'runs end' }
  | { kind: 'run by hand' };

const minutes = (min: number, max: number) => fc.integer({ min: min * minute, max: max * minute });
const always = <Kind extends string>(...kinds: Kind[]) =>
  fc.constantFrom(...kinds.map((kind) => ({ kind })));

const actionArbitrary: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('time passes' as const),
      milliseconds: fc.oneof(minutes(0, 16), minutes(0, 120)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('clock is set' as const),
      milliseconds: fc.oneof(minutes(-20, 20), minutes(-300, 300)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('death' as const),
      death: fc.constantFrom<Death>('before the run is started', 'after the run was started'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('runs are long' as const), long: fc.boolean() }),
  },
  { weight: 3, arbitrary: always('runs end', 'restart', 'run by hand') },
  { weight: 5, arbitrary: always('pause', 'resume', 'resume', 'pause agents', 'resume agents') },
);

/** Does what happens, and holds it against what must never happen. */
class Observer {
  readonly world: ScheduleWorld;
  readonly #known = new Set<string>();
  #paused = false;
  #agentsPaused = false;
  /** Slots that may not tick (again), as long as the clock is not found to be wrong. */
  readonly #barred = new Set<number>();
  #newestSlot: number;
  /** Slot of a tick whose process died before it had started the run. */
  #decidedSlot: number | undefined;
  ticks = 0;

  constructor(world: ScheduleWorld) {
    this.world = world;
    this.#newestSlot = slotAt(world.now);
  }

  async act(action: Action): Promise<void> {
    const { world } = this;
    switch (action.kind) {
      case 'time passes':
      case 'clock is set':
        return this.#setClock(world.now + action.milliseconds);
      case 'restart':
        return world.restart();
      case 'death':
        world.death = action.death;
        return;
      case 'pause':
        this.#paused = true;
        await world.scheduler.pause(name);
        return;
      case 'resume':
        if (this.#paused) this.#barPresentSlot();
        this.#paused = false;
        await world.scheduler.resume(name);
        return;
      case 'pause agents':
        this.#agentsPaused = true;
        await world.pause.pause();
        return;
      case 'resume agents':
        if (this.#agentsPaused) this.#barPresentSlot();
        this.#agentsPaused = false;
        return world.pause.resume();
      case 'runs are long':
        world.runsAreLong = action.long;
        return;
      case 'runs end':
        return world.endRuns();
      case 'run by hand':
        return this.#runByHand();
    }
  }

  /** After a pause nothing is caught up. */
  #barPresentSlot(): void {
    this.#barred.add(slotAt(this.world.now));
    this.#decidedSlot = undefined;
  }

  async #setClock(now: number): Promise<void> {
    this.world.now = now;
    const slot = slotAt(now);
    // Only a clock set back by more than an interval may bring slots back.
    if (slot < this.#newestSlot - 1) {
      this.#barred.clear();
      this.#decidedSlot = undefined;
      this.#newestSlot = slot;
    }
    this.#newestSlot = Math.max(this.#newestSlot, slot);

    const goingOn = await this.world.listLongRuns();
    const { died } = await this.world.check();
    const started = await this.#newRuns();
    const tickedSlot = this.#decidedSlot ?? slot;
    this.#decidedSlot = died && started.length === 0 ? tickedSlot : undefined;
    if (started.length === 0) return;

    this.ticks += 1;
    expect(started).toMatchObject([{ cause: { kind: 'schedule', schedule: name } }]);
    expect(goingOn, 'runs going on while it ticked').toEqual([]);
    expect(this.#paused || this.#agentsPaused, 'paused while it ticked').toBe(false);
    expect(this.#barred, 'slots that may not tick').not.toContain(tickedSlot);
    // A late tick stands for the slots that were missed until its run was started.
    this.#barred.add(tickedSlot).add(slot);
  }

  async #runByHand(): Promise<void> {
    const [goingOn] = await this.world.listLongRuns();
    const started = this.world.scheduler.run(name);
    if (goingOn === undefined) {
      const { runId } = await started;
      await this.world.settleRuns();
      expect(await this.#newRuns()).toMatchObject([{ id: runId, cause: { kind: 'cli' } }]);
    } else {
      const message = `The run ${goingOn} of ${name} is going on.`;
      await expect(started).rejects.toMatchObject({ reason: 'conflict', message });
    }
  }

  async #newRuns(): Promise<RunSummary[]> {
    const runs = await this.world.listRuns(name);
    const fresh = runs.filter(({ id }) => !this.#known.has(id));
    for (const { id } of fresh) this.#known.add(id);
    return fresh;
  }
}

beforeEach(() => {
  setLogSink(() => {});
  return () => setLogSink(writeJsonLine);
});

test('never ticks twice in a slot, while paused or while a run goes on, and goes on in the end', async () => {
  const actions = fc.array(actionArbitrary, { minLength: 5, maxLength: 40 });
  const property = fc.asyncProperty(actions, async (happening) => {
    const folder = temporaryFolder();
    const world = new ScheduleWorld({ folder, start: '2026-03-02T00:07:00Z', definitions });
    const observer = new Observer(world);
    try {
      for (const action of happening) await observer.act(action);

      world.death = undefined;
      await observer.act({ kind: 'runs are long', long: false });
      await observer.act({ kind: 'runs end' });
      await observer.act({ kind: 'resume' });
      await observer.act({ kind: 'resume agents' });
      const before = observer.ticks;
      for (const _ of [1, 2, 3, 4]) {
        await observer.act({ kind: 'time passes', milliseconds: everyMinutes * minute });
      }
      expect(observer.ticks - before).toBeGreaterThanOrEqual(2);
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: 100 });
}, 120_000);
