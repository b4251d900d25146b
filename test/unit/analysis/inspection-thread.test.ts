import { describe, expect, it } from 'vitest';
import { inspectFiles } from '../../../lib/analysis/inspection-thread.ts';
import { sourceFile } from '../../builders/source-file.ts';

async function syntaxErrorsOf(text: string) {
  const { facts, hits } = await inspectFiles([sourceFile('app/jobs.py', text)]);
  return {
    inFacts: facts[0]?.syntaxError?.line,
    hits: hits.filter(({ rule }) => rule === 'syntax-error').map(({ line }) => line),
  };
}

describe('a file that does not parse', () => {
  it.each([
    ['for both parsers', 'def load(:\n    pass\n', 1],
    ['as Python 3 only', 'import os\nprint os.sep\n', 2],
  ])('is one finding where it does not parse %s', async (_, text, line) => {
    expect(await syntaxErrorsOf(text)).toEqual({ inFacts: line, hits: [line] });
  });

  it('is none where it parses', async () => {
    const text = 'import os\nprint(os.sep)\n';
    expect(await syntaxErrorsOf(text)).toEqual({ inFacts: undefined, hits: [] });
  });
});
