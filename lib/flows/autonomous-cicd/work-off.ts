import { messageOf } from '../../domain/errors.ts';
import type { FlowContext, TaskContext } from '../../runtime/flow-context.ts';
import { errorFields } from '../../runtime/logging.ts';
import { retries } from '../../runtime/retry-policies.ts';
import type { Chore, CicdServices } from './chore.ts';

/** A tick that takes on everything at once would do harm after a long failure. */
const usuallyMostAtOnce = 20;

/** What came of one chore. */
export interface ChoreResult {
  name: string;
  found: number;
  done: number;
  /** Left for a later tick: beyond what is done at once, without room for it, or held back by a pause. */
  left: number;
  /** One for each place that could not be looked at, and for each item that failed. */
  problems: string[];
}

export interface Tick {
  services: CicdServices;
  /** Look only. */
  paused: boolean;
}

/**
 * Looks for the chore's items and works off the oldest, those last that have failed before. What fails does
 * not stop the others.
 */
export async function workOff<Item extends { id: string }>(
  context: Pick<FlowContext, 'task'>,
  chore: Chore<Item>,
  { paused, services }: Tick,
): Promise<ChoreResult> {
  const { mostAtOnce = usuallyMostAtOnce, name } = chore;
  try {
    // Recorded: cut off in the middle, the run goes on with the same items.
    const { found, items, unseen } = await context.task(
      `find ${name}`,
      retries.few,
      async ({ log }) => {
        const problems: string[] = [];
        const looking = { log, report: (problem: string) => problems.push(problem) };
        const all = services.order.sort(name, await chore.find(services, looking));
        const chosen = paused ? [] : ((await chore.choose?.(all, services)) ?? all);
        const taken = chosen.slice(0, mostAtOnce);
        return { found: all.length, items: taken, unseen: problems };
      },
    );
    const left = found - items.length;
    if (items.length === 0) return { name, found, done: 0, left, problems: unseen };
    const failures = await context.task(`work off ${name}`, retries.few, ({ log }) =>
      workOffEach(items, chore, { log, services }),
    );
    const done = items.length - failures.length;
    return { name, found, done, left, problems: [...unseen, ...failures] };
  } catch (error) {
    // Even the retries of the looking have failed: the other chores may still do.
    return { name, found: 0, done: 0, left: 0, problems: [messageOf(error)] };
  }
}

/** One after the other, so as not to take the machine away from what goes its way. */
async function workOffEach<Item extends { id: string }>(
  items: readonly Item[],
  chore: Chore<Item>,
  { log, services }: { log: TaskContext['log']; services: CicdServices },
): Promise<string[]> {
  const problems: string[] = [];
  for (const item of items) {
    try {
      await chore.workOff(item, services);
      log.info('Worked off', { id: item.id });
    } catch (error) {
      log.warn('Could not be worked off', { id: item.id, ...errorFields(error) });
      services.order.noteFailure(chore.name, item.id);
      problems.push(messageOf(error));
    }
  }
  return problems;
}
