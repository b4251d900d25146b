import type { ComponentFile } from '../../../domain/agents/prompts/prompt-request.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { countLines } from '../file-tally.ts';

/** The files that an agent may name: also those in languages that linters do not judge. */
export function filesOfComponent({ files, listed }: SourceSnapshot): ComponentFile[] {
  const judged = files
    .filter(({ inComponent }) => inComponent)
    .map(({ path, text }) => ({ path, lines: countLines(text) }));
  return [...judged, ...listed];
}
