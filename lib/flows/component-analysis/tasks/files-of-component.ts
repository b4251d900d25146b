import type { ComponentFile } from '../../../domain/agents/prompts/prompt-request.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { countLines } from '../file-tally.ts';

/** The files that an agent may name. */
export function filesOfComponent({ files, manifests }: SourceSnapshot): ComponentFile[] {
  const own = [...files, ...manifests].filter(({ inComponent }) => inComponent);
  const byPath = new Map(own.map(({ path, text }) => [path, countLines(text)]));
  return [...byPath].map(([path, lines]) => ({ path, lines }));
}
