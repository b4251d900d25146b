import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { exitCodeOf, WrongUseError } from '../../../infra/cli/exit-codes.ts';
import { ConfigError, RequestRejectedError } from '../../../lib/domain/errors.ts';

const thrown: [string, error: unknown, code: number][] = [
  ['an unknown option', new CommanderError(1, 'commander.unknownOption', 'unknown'), 2],
  ['wrong use', new WrongUseError('give more of the path'), 2],
  ['a wrong configuration', new ConfigError(['host.port: must be a number']), 2],
  ['something that is not there', new RequestRejectedError('not-found', 'no run'), 2],
  ['what is done already', new RequestRejectedError('conflict', 'is going on'), 1],
  ['a failure', new Error('the disk is full'), 1],
  ['anything else', 'text', 1],
];

test.each(thrown)('%s ends a command with %3$i', (_what, error, code) => {
  expect(exitCodeOf(error, 'runs')).toBe(code);
});

test.each(thrown)('%s ends a health check with 3: nothing was checked', (_what, error) => {
  expect(exitCodeOf(error, 'health')).toBe(3);
});

test('help has done what it should', () => {
  const help = new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)');
  expect(exitCodeOf(help, 'health')).toBe(0);
  expect(exitCodeOf(help, undefined)).toBe(0);
});
