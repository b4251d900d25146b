import type { ComponentResult } from '../../domain/tracking/component-result.ts';
import type { IssueTracker, TrackerCall } from '../../ports/issue-tracker.ts';
import type { Store } from '../../ports/store.ts';
import type { LoadedConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logging.ts';
import { saveResult } from './component-results.ts';

/** The progress table on the tracking issue, a row for each component. */
export interface Tracking {
  /**
   * Keeps how an analysis ended. Noted once more, it changes nothing.
   * @returns the number of the note, by which `update` knows whether the table shows it
   */
  noteResult(result: ComponentResult): Promise<number>;
  /**
   * Writes the table where it is not up to date, with two calls of the tracker at most. Analyses that end within
   * 30 seconds share one write.
   * @param noted the note that has to be in the table. Default: the last one
   * @throws UpstreamError when the tracker or the store fails
   */
  update(call: TrackerCall, log: Logger, noted?: number): Promise<TrackingOutcome>;
}

/**
 * `again`: somebody else has written or is writing; look again after so many seconds. `idle`: no tracking issue
 * is configured, no credentials are set, or the issue cannot be found or answered (which the log tells).
 */
export type TrackingOutcome = 'written' | 'unchanged' | 'idle' | { again: number };

export interface TrackingServices {
  tracker: IssueTracker;
  store: Store;
  config: LoadedConfig;
  /** Name of the installation: two of them do not share a comment. */
  stack: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
}

export function createTracking({ store, now }: TrackingServices): Tracking {
  return {
    async noteResult(result) {
      await saveResult(store, result, now());
      return 0;
    },
    update: async () => 'idle',
  };
}
