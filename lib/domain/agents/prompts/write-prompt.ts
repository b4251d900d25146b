import { writeAnswerFormat } from './answer-format.ts';
import { gatherEvidence } from './evidence.ts';
import { fitEvidence } from './fit-evidence.ts';
import type { PromptRequest } from './prompt-request.ts';
import { questionsOf } from './questions.ts';
import { writeRules } from './rules.ts';
import { promptLine, untrustedBlock } from './untrusted-block.ts';

/**
 * Raised with every change of what prompts say: answers to different ones are not to be compared.
 */
export const promptVersion = 1;

/** Codegen and Cursor take more; people read it, too. */
export const longestPrompt = 40_000;

const globsShown = 20;
const longestGlob = 200;

/**
 * The prompt of one analysis of one component, at most 40,000 characters. What comes from outside
 * stands in one block, said to be data; the rest are our words and those of the owner's
 * configuration.
 */
export function writePrompt(request: PromptRequest): string {
  const before = [writeTask(request), writeQuestions(request), writeRules(request)];
  const after = writeAnswerFormat(questionsOf[request.analysis].asks, request.answerMark);
  const withEvidence = (lines: readonly string[]) =>
    `${[...before, writeEvidence(lines), after].join('\n\n')}\n`;
  const room = longestPrompt - withEvidence([]).length;
  return withEvidence(fitEvidence(gatherEvidence(request), room));
}

function writeTask({
  analysis,
  before,
  commit,
  component,
  paths,
  repository,
}: PromptRequest): string {
  const { aim, subject } = questionsOf[analysis];
  const globs = paths.slice(0, globsShown).map((glob) => promptLine(glob, longestGlob));
  const hidden = paths.length - globs.length;
  return [
    `# Review ${subject} of a component`,
    '',
    'You are a senior software engineer. The team that owns this repository asks you to review ' +
      'one component of it. Linters and parsers have been over it; you add what takes ' +
      `understanding. ${aim}`,
    '',
    `- Repository: ${promptLine(repository)}`,
    commit === null
      ? '- Commit: the one that you find checked out'
      : `- Commit: ${commit} (review this one, whichever you find checked out)`,
    `- Component: ${promptLine(component)}`,
    `- Its files: ${globs.join(', ')}${hidden > 0 ? `, and ${hidden} more patterns` : ''}`,
    `- This prompt: ${analysis}, version ${promptVersion}`,
    ...(before === null ? [] : ['', secondAttempt]),
  ].join('\n');
}

const secondAttempt =
  'You are the second to be asked: the first attempt failed, and what we know of that stands ' +
  'first in the data below. Work so that it does not happen again. A short answer is better ' +
  'than none.';

function writeQuestions({ analysis }: PromptRequest): string {
  const asks = questionsOf[analysis].asks.map(
    ({ name, text }, index) => `${index + 1}. ${name}: ${text}`,
  );
  return ['## What to look for', '', ...asks].join('\n');
}

function writeEvidence(lines: readonly string[]): string {
  return `## What is known already\n\n${untrustedBlock(lines)}`;
}
