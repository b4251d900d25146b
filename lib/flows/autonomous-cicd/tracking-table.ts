import { createLogger } from '../../runtime/logging.ts';
import type { Chore } from './chore.ts';

/** Whoever writes the table takes a turn under its own name. */
const writer = 'autonomous-cicd';

/**
 * The table on the tracking issue, where something else than an analysis has changed what it shows: a person
 * moved a sub-issue, or a run could not write it.
 */
export const trackingTable: Chore<{ id: string }> = {
  name: 'tracking tables',

  find: async ({ config, tracker }) => {
    const { trackingIssue } = config.config.linear;
    if (trackingIssue === undefined || !(await tracker.isConfigured())) return [];
    return [{ id: trackingIssue }];
  },

  workOff: async (_issue, { tracking }) => {
    // Told to look again, it leaves the table to whoever is at it.
    await tracking.update({ runId: writer, call: { urgency: 'upkeep' } }, createLogger());
  },
};
