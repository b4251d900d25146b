/** Names of flows, for those who start them or look at their runs and need nothing else of them. */
export const flowNames = {
  componentAnalysis: 'component-analysis',
  systemHealth: 'system-health',
} as const;
