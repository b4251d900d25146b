import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../../infra/cli/main.ts';

/** A command as a line of a shell, and in the middle of a sentence. */
const commandLines = /^(?:npm run -s )?cicd (?:-- )?(?<line>[a-z].*)$/gm;
const commandsInText = /`(?:npm run -s )?cicd (?:-- )?(?<line>[a-z][^`]*)`/g;

/** The words of every command in a page, without what the shell keeps for itself. */
function commandsIn(file: string): string[] {
  const page = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const found = [...page.matchAll(commandLines), ...page.matchAll(commandsInText)];
  const lines = found.map(({ groups }) => groups?.['line']?.split(/ +[#<|]/)[0] ?? '');
  const placed = lines.map((line) =>
    line.replaceAll(/--stack \S+/g, '--stack autonomous-cicd-dev').trim(),
  );
  return [...new Set(placed)];
}

/** @throws CommanderError for an option whose value is wrong */
function problemOf(command: Command, words: readonly string[]): string | undefined {
  const [word, ...rest] = words;
  const next = command.commands.find((child) => child.name() === word);
  if (next !== undefined) return problemOf(next, rest);
  // A group of commands may be spoken of as a whole.
  if (command.commands.length > 0) return word === undefined ? undefined : `no command ${word}`;
  const { operands, unknown } = command.parseOptions([...words]);
  if (unknown.length > 0) return `no option ${unknown.join(' ')}`;
  const required = command.registeredArguments.filter((argument) => argument.required);
  if (operands.length < required.length) return 'an argument is missing';
  return operands.length > command.registeredArguments.length ? 'too many arguments' : undefined;
}

test.each(['README.md', 'infra/RUNBOOK.md'])('%s tells only commands that there are', (file) => {
  const commands = commandsIn(file);
  expect(commands.length).toBeGreaterThan(10);
  const problems = commands.flatMap((line) => {
    const problem = problemOf(
      createProgram(() => {}),
      line.split(/ +/),
    );
    return problem === undefined ? [] : [`${line}: ${problem}`];
  });
  expect(problems).toEqual([]);
});

test.each([
  ['runs list', 'no command list'],
  ['runs show', 'an argument is missing'],
  ['pause --all', 'no option --all'],
])('a command that there is not would be found: %s', (line, problem) => {
  expect(
    problemOf(
      createProgram(() => {}),
      line.split(' '),
    ),
  ).toBe(problem);
});
