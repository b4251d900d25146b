import { shorten } from '../../plain-text.ts';
import type { PromptRequest } from './prompt-request.ts';

const longestInstructions = 4_000;

/** What is worth reporting, what the owners say, and what the agent may do. */
export function writeRules({
  instructions,
  mayChangeCode,
}: Pick<PromptRequest, 'instructions' | 'mayChangeCode'>): string {
  const owners = instructions === null ? '' : shorten(instructions.trim(), longestInstructions);
  return [
    '## What is worth reporting',
    worthReporting.map((rule) => `- ${rule}`).join('\n'),
    ...(owners === '' ? [] : ['## What the owners add', owners]),
    '## What you may do',
    mayChangeCode ? changeLittle : changeNothing,
  ].join('\n\n');
}

const worthReporting = [
  'Read the code at every place before you report it, and the code that calls it. Report ' +
    'what you have seen, not what is usual.',
  'A finding names one place, what goes wrong there and when, and what to do. Five that ' +
    'matter are worth more than fifty.',
  'What linters have found is below. Do not repeat it. Where one of their findings is wrong ' +
    'or does not matter here, say so in the summary. Where it is graver than they can know, ' +
    'or the cause of several, report that.',
  'Leave out matters of taste, formatting, and whatever a formatter or a linter would find.',
];

const changeNothing =
  'Read. Change nothing: no commits, branches, pull requests, issues, comments or messages, ' +
  'here or elsewhere. You need not run the code.';

const changeLittle =
  'Read, and mend what you report where the mending is small and safe: at most a few ' +
  'places, each change no larger than it must be, with a test where there are tests. Run ' +
  'those tests. Leave the changes in the working tree, or hand them in as one pull request ' +
  'if that is how you work. Never push to a branch that is not yours, never merge, and ' +
  'write no issues, comments or messages anywhere. Report what you have mended as findings ' +
  'all the same, and say in the detail that it is mended.';
