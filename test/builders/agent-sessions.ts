import type { AgentSessions } from '../../lib/ports/agent-sessions.ts';

const nobodyAsks = () => Promise.reject(new Error('Nobody is to ask that'));

/** Where no app is set up. */
export const noSessions: AgentSessions = {
  isConfigured: async () => false,
  get: nobodyAsks,
  listChanged: nobodyAsks,
  show: nobodyAsks,
};
