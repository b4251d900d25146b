import assert from 'node:assert/strict';
import type { RunSummary } from '../../../lib/domain/run.ts';
import type { Action } from './schedule-actions.ts';
import { minute, type ScheduleWorld } from './schedule-world.ts';

const name = 'autonomous-cicd';
const everyMinutes = 15;
const interval = everyMinutes * minute;

/** The one schedule of the world that is observed. */
export const observedSchedule = { name, flow: name, everyMinutes, startsAgents: true };

const slotAt = (time: number) => Math.floor(time / interval);
const causesOf = (runs: readonly RunSummary[]) => runs.map(({ cause }) => cause);

/** Does what happens, and holds it against what must never happen. */
export class TickObserver {
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
    assert.deepEqual(causesOf(started), [{ kind: 'schedule', schedule: name }]);
    assert.deepEqual(goingOn, [], 'It ticked while a run was going on');
    assert(!this.#paused && !this.#agentsPaused, 'It ticked while it was paused');
    assert(!this.#barred.has(tickedSlot), 'It ticked in a slot that may not tick (again)');
    // A late tick stands for the slots that were missed until its run was started.
    this.#barred.add(tickedSlot).add(slot);
  }

  async #runByHand(): Promise<void> {
    const [goingOn] = await this.world.listLongRuns();
    const started = this.world.scheduler.run(name);
    if (goingOn === undefined) {
      const { runId } = await started;
      await this.world.settleRuns();
      const fresh = await this.#newRuns();
      assert.deepEqual(causesOf(fresh), [{ kind: 'cli' }]);
      assert.equal(fresh[0]?.id, runId);
    } else {
      const message = new RegExp(`^The run ${goingOn} of ${name} has not ended`, 'u');
      await assert.rejects(started, { reason: 'conflict', message });
    }
  }

  async #newRuns(): Promise<RunSummary[]> {
    const runs = await this.world.listRuns(name);
    const fresh = runs.filter(({ id }) => !this.#known.has(id));
    for (const { id } of fresh) this.#known.add(id);
    return fresh;
  }
}
