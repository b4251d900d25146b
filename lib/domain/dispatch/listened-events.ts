/** Types of events that a rule listens to: whatever else a sender tells changes nothing. */
export const githubEvents = ['push'] as const;
/** The same in Linear's words. */
export const linearResourceTypes = ['Issue'] as const;
