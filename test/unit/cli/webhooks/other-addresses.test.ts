import { expect, test } from 'vitest';
import { listOtherAddresses } from '../../../../infra/cli/webhooks/other-addresses.ts';

const own = 'https://new.example/webhooks/github';

function adviceAbout(url: string) {
  return listOtherAddresses([own, url], { source: 'github', own }).map(({ advice }) => advice);
}

test.each([
  ['https://old.example/webhooks/github', 'cicd webhooks remove --url https://old.example'],
  [
    'https://old.example/to/us/webhooks/github',
    'cicd webhooks remove --url https://old.example/to/us',
  ],
])('of another address of our kind, %s, the command is told that removes it', (url, command) => {
  expect(adviceAbout(url)).toEqual([`if that is an old address of yours: ${command}`]);
});

test('a webhook of something else is left alone', () => {
  expect(adviceAbout('https://ci.example/hooks')).toEqual([]);
  expect(adviceAbout('https://old.example/webhooks/linear')).toEqual([]);
  expect(adviceAbout('')).toEqual([]);
});

test('nobody is told a command that a shell would do more with', () => {
  expect(adviceAbout('https://old.example/$(id)/webhooks/github')).toEqual([
    'if that is an old address of yours: remove it where it is registered',
  ]);
});
