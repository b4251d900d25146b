import { bundleFunction } from '../../../../infra/constructs/bundling/bundle-function.ts';
import { createCicdApp } from '../../../../infra/cicd-app.ts';
import { parseConfig, type defineConfig } from '../../../../lib/runtime/config.ts';

export type ConfigInput = Parameters<typeof defineConfig>[0];

/** What `cdk synth` makes: the template and the files that are deployed with it. */
export interface Synthesised {
  stackName: string;
  /** JSON of CloudFormation. */
  template: unknown;
  /** Folder with the assets, `asset.HASH` each. */
  assembly: string;
}

/**
 * Where the template sends the functions for GitHub, Linear and Codegen. The servers of a test are started later, on
 * ports that nobody knows yet: see `addresses` of `startStack`.
 */
export const placeholders = {
  github: 'http://localhost:1',
  linear: 'http://localhost:2/graphql',
  codegen: 'http://localhost:3',
} as const;

/**
 * Synthesises the stack for the processor of this machine, with the real bundles. Takes seconds, though the checks
 * are left to the tests of the template.
 */
export function synthesise(input: ConfigInput): Synthesised {
  const { app, stack } = createCicdApp({
    config: parseConfig(input),
    bundle: bundleFunction,
    checked: false,
    environment: {
      GITHUB_API_URL: placeholders.github,
      LINEAR_API_URL: placeholders.linear,
      CODEGEN_API_URL: placeholders.codegen,
    },
    context: { architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64', anyRegion: 'true' },
  });
  const assembly = app.synth();
  const { stackName, template } = assembly.getStackByName(stack.stackName);
  return { stackName, template, assembly: assembly.directory };
}
