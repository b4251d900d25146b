import { agentRunVariable } from '../../runtime/local-environment.ts';
import { fixedPath } from './find-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What programs need to be found and to find their own settings. */
const always = new Set(['PATH', 'HOME', 'LANG', 'LANGUAGE']);

interface OfAgent {
  /** Of the agent run. */
  id: string;
  /** Its own folder for temporary files. */
  temporary: string;
}

/**
 * The whole environment of an agent: no token of ours, nothing that was not named, and a mark by which our own
 * commands know that it is no person who calls them.
 * @param named variables of the host that it may see
 */
export function agentEnvironment(
  host: Environment,
  named: readonly string[],
  { id, temporary }: OfAgent,
): Record<string, string> {
  const names = Object.keys(host).filter(
    (name) => always.has(name) || name.startsWith('LC_') || named.includes(name),
  );
  const passed = names.flatMap((name) => {
    const value = host[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: fixedPath(host['PATH']),
    TERM: 'dumb',
    TMPDIR: temporary,
    [agentRunVariable]: id,
  };
}
