import { shorten } from '../../plain-text.ts';
import type { ComponentFile } from '../prompts/prompt-request.ts';
import type { AgentAnswer } from './agent-answer.ts';

/** What an agent has said, judged. */
export function readAgentAnswer(text: string, _files: readonly ComponentFile[]): AgentAnswer {
  return {
    kind: 'unusable',
    summary: shorten(text.slice(0, 1_000), 500),
    findings: [],
    dropped: 0,
    problem: 'The answer could not be read.',
  };
}
