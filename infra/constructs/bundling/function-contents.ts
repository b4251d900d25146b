import type { ThreadName } from './thread-modules.ts';

/** What a function ships beside its handler. */
export interface FunctionContents {
  threads: readonly ThreadName[];
  /** Whether it parses and lints, by WebAssembly and a binary: files of packages. */
  analyses: boolean;
  /** Whether it reads the configuration, from `config.json`. */
  configured: boolean;
}

const usual: FunctionContents = { threads: [], analyses: false, configured: true };

const special: Readonly<Record<string, Partial<FunctionContents>>> = {
  'component-analysis': {
    threads: ['#component-analysis-thread', '#inspection-thread'],
    analyses: true,
  },
  // Its thread reads reports, and loads nothing that analyses.
  'autonomous-cicd': { threads: ['#component-analysis-thread'] },
  'github-webhook': { configured: false },
  'linear-webhook': { configured: false },
};

/** @param name of a file in `functions/`, without its ending */
export function contentsOf(name: string): FunctionContents {
  return { ...usual, ...special[name] };
}
