import type { WantedDetails } from '../../lib/ports/issue-tracker.ts';

/** For reading an issue by itself. */
export const nothingElse: WantedDetails = {
  commentIds: [],
  attachmentUrls: [],
  stateNames: [],
  labelNames: [],
};
