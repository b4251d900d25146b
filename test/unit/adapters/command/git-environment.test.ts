import { expect, test } from 'vitest';
import {
  gitEnvironment,
  headerSettings,
} from '../../../../lib/adapters/command/git/git-environment.ts';

/** Settings as git reads them. */
function settingsIn(environment: Record<string, string>): Record<string, string | undefined> {
  const count = Number(environment['GIT_CONFIG_COUNT']);
  const numbers = Array.from({ length: count }, (_, index) => index);
  const entries = numbers.map((index) => [
    environment[`GIT_CONFIG_KEY_${index}`] ?? '',
    environment[`GIT_CONFIG_VALUE_${index}`],
  ]);
  return Object.fromEntries(entries);
}

test('git gets nothing of the host but its path and its way out', () => {
  const host = {
    PATH: '/bin',
    HOME: '/home/ada',
    GITHUB_TOKEN: 'secret',
    GIT_SSH_COMMAND: 'evil',
    GIT_TRACE_CURL: '1',
    https_proxy: 'http://proxy:3128',
    LD_PRELOAD: 'x.so',
  };
  const environment = gitEnvironment(host, {});
  const ofGit = Object.keys(environment).filter((name) => !name.startsWith('GIT_CONFIG_'));
  expect(new Set(ofGit)).toEqual(
    new Set([
      'GIT_ATTR_NOSYSTEM',
      'GIT_NO_LAZY_FETCH',
      'GIT_NO_REPLACE_OBJECTS',
      'GIT_TERMINAL_PROMPT',
      'HOME',
      'LC_ALL',
      'PATH',
      'https_proxy',
    ]),
  );
  expect(environment).toMatchObject({ HOME: '/dev/null', GIT_TERMINAL_PROMPT: '0' });
  expect(environment).toMatchObject({ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' });
});

test('settings of a call stand behind those that always hold', () => {
  const settings = settingsIn(gitEnvironment({}, { 'protocol.file.allow': 'always' }));
  expect(settings).toMatchObject({
    'core.hooksPath': '/dev/null',
    'core.fsmonitor': 'false',
    'credential.helper': '',
    'protocol.allow': 'never',
    'protocol.file.allow': 'always',
  });
});

test('a header goes to the one server only', () => {
  const url = 'https://github.example:8443/acme/shop.git';
  expect(headerSettings({ url, header: 'authorization: basic x' })).toEqual({
    'http.https://github.example:8443/.extraHeader': 'authorization: basic x',
    'http.followRedirects': 'false',
  });
  expect(headerSettings({ url, header: null })).toEqual({});
});
