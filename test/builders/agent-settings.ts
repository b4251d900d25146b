import { parseConfig } from '../../lib/runtime/config.ts';

/** As a configuration has them that says nothing of agents. */
export const agentSettings = parseConfig({}).agents;
