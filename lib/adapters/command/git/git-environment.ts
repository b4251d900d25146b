import { devNull } from 'node:os';
import { fixedPath } from '../find-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of git for one call, by their names: `http.extraHeader`. */
export type GitSettings = Readonly<Record<string, string>>;

/** How the host gets out where it sits behind a proxy, or trusts certificates of its own. */
const waysOut = [
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

/** Nothing that a repository says may make git execute something, or ask elsewhere. */
const always: GitSettings = {
  'core.hooksPath': devNull,
  'core.fsmonitor': 'false',
  'core.attributesFile': devNull,
  'core.excludesFile': devNull,
  'core.autocrlf': 'false',
  'credential.helper': '',
  'submodule.recurse': 'false',
  'diff.ignoreSubmodules': 'all',
  'protocol.allow': 'never',
  'protocol.http.allow': 'always',
  'protocol.https.allow': 'always',
  // Nothing goes on in the background when git has ended.
  'gc.auto': '0',
  'maintenance.auto': 'false',
  // Gives up a server that has fallen silent.
  'http.lowSpeedLimit': '1000',
  'http.lowSpeedTime': '60',
};

/**
 * The whole environment of a git process: no settings of the machine or the person, no questions, nothing of the
 * host's own. Settings, credentials among them, go in here, because arguments and files can be read by others.
 * @see https://git-scm.com/docs/git-config#ENVIRONMENT
 */
export function gitEnvironment(host: Environment, settings: GitSettings): Record<string, string> {
  const passed = waysOut.flatMap((name) => {
    const value = host[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: fixedPath(host['PATH']),
    // Without a `.netrc`.
    HOME: devNull,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    ...settingVariables({ ...always, ...settings }),
  };
}

function settingVariables(settings: GitSettings): Record<string, string> {
  const entries = Object.entries(settings);
  const variables = entries.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(variables) };
}

/**
 * Sends the header to this server, and to no other one that it may lead to: git would follow a redirect, and take
 * the header along.
 */
export function headerSettings({
  header,
  url,
}: {
  header: string | null;
  url: string;
}): GitSettings {
  if (header === null) return {};
  return {
    [`http.${new URL(url).origin}/.extraHeader`]: header,
    'http.followRedirects': 'false',
  };
}
