import type { Bus } from '../../../ports/bus.ts';
import { backoffMs, pause } from '../calls/backoff.ts';
import type { EntryResult, EventCalls, EventEntry } from '../calls/calls.ts';
import { isPassing, keepEvent, refused } from '../calls/failures.ts';
import { toBusEntry } from './bus-entry.ts';

/** Entries of a request. Events are below 16 KB, so that ten of them are far below the 1 MB of a request. */
const maxEntries = 10;

/** Requests for one entry, the last of them begun before the sender of the webhook has gone. */
const maxAttempts = 3;
const maxMs = 3_000;

/** What nobody has told to be kept is lost. */
const untold: EntryResult = { kind: 'failed', code: 'unknown' };

/** An entry, and whoever waits for it. */
interface Pending {
  entry: EventEntry;
  settle(this: void, failure?: unknown): void;
}

/**
 * Events on a bus of EventBridge. What is published at the same time shares a request, and of a request that
 * failed in part only those entries are sent again that did.
 * @param options.bus its name
 */
export function createEventBridgeBus({ bus, calls }: { calls: EventCalls; bus: string }): Bus {
  let waiting: Pending[] = [];

  const sendWaiting = () => {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += maxEntries) {
      void send(calls, all.slice(start, start + maxEntries));
    }
  };

  return {
    publish: (event) =>
      new Promise((resolve, reject) => {
        const settle = (failure?: unknown) => (failure === undefined ? resolve() : reject(failure));
        if (waiting.length === 0) queueMicrotask(sendWaiting);
        waiting.push({ entry: toBusEntry(event, bus), settle });
      }),
  };
}

/** Settles every one of them, and never fails itself. */
async function send(calls: EventCalls, entries: readonly Pending[]): Promise<void> {
  const deadline = performance.now() + maxMs;
  let open = entries;
  for (let made = 1; open.length > 0; made += 1) {
    try {
      const results = await calls.putEvents(open.map(({ entry }) => entry));
      const mayTryAgain = made < maxAttempts && performance.now() < deadline;
      open = stillOpen(open, results, mayTryAgain);
    } catch (error) {
      for (const { settle } of open) settle(error);
      return;
    }
    if (open.length > 0) await pause(backoffMs(made));
  }
}

/** Settles what is kept and what is lost. @returns what may be kept the next time */
function stillOpen(
  sent: readonly Pending[],
  results: readonly EntryResult[],
  mayTryAgain: boolean,
): Pending[] {
  return sent.filter(({ settle }, index) => {
    const result = results[index] ?? untold;
    if (result.kind === 'kept') {
      settle();
      return false;
    }
    const goesAgain = mayTryAgain && isPassing(result);
    if (!goesAgain) settle(refused(keepEvent, result));
    return goesAgain;
  });
}
