import type { PromptRequest } from './prompt-request.ts';

/** The prompt of one analysis of one component. */
export function writePrompt({ analysis, component, repository }: PromptRequest): string {
  return `Look at ${analysis} of ${component} of ${repository}.`;
}
