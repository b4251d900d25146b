import { fixedPath } from './find-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What programs need to be found and to find their own settings. */
const always = new Set(['PATH', 'HOME', 'LANG', 'LANGUAGE']);

/**
 * The whole environment of an agent: nothing of ours, no token, nothing that was not named.
 * @param named variables of the host that it may see
 * @param temporary its own folder for temporary files
 */
export function agentEnvironment(
  host: Environment,
  named: readonly string[],
  temporary: string,
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
  };
}
