import { agentRunVariable } from '../../lib/runtime/local-environment.ts';
import { WrongUseError } from './exit-codes.ts';

/**
 * What agents do never starts another one. An agent that was talked into it is stopped here, one that means harm is
 * not: it runs as the user of the host.
 * @param doing `Asking agents`
 * @throws WrongUseError in a command that an agent has called
 */
export function requirePerson(doing: string): void {
  const id = process.env[agentRunVariable];
  if (id === undefined) return;
  throw new WrongUseError(
    `${doing} is for people: this was called by agent run ${id}, and no agent may start another one.`,
  );
}
