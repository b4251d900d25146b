import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createCicdApp, type CicdAppOptions } from '../../../infra/cicd-app.ts';
import type { BundledFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { parseConfig, type defineConfig } from '../../../lib/runtime/config.ts';
import type { Template, TemplateResource } from './check-template.ts';

type ConfigInput = Parameters<typeof defineConfig>[0];

export interface SynthesiseOptions {
  config?: ConfigInput;
  context?: CicdAppOptions['context'];
  environment?: CicdAppOptions['environment'];
}

const folder = mkdtempSync(join(tmpdir(), 'cicd-stack-'));
let assemblies = 0;
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Synthesises the stack with bundles that hold nothing, in a fraction of a second.
 * @throws ConfigError
 */
export function synthesiseStack({
  config = {},
  context = {},
  environment = {},
}: SynthesiseOptions = {}) {
  assemblies += 1;
  const { app, stack } = createCicdApp({
    config: parseConfig(config),
    bundle: bundleNothing,
    environment,
    context,
    outdir: join(folder, `cdk.out.${assemblies}`),
  });
  const artifact = app.synth().getStackByName(stack.stackName);
  const template: Template = artifact.template;
  return { app, artifact, stack, template };
}

function bundleNothing({ name }: { name: string }): BundledFunction {
  const bundle = join(folder, name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, 'index.mjs'), `// ${name}`);
  return { folder: bundle, handler: 'index.handler', warnings: [] };
}

/** The resources of a type, each with its id. */
export function resourcesOf(
  { Resources }: Template,
  type: string,
): (TemplateResource & { id: string; Properties: Record<string, unknown> })[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {}, ...resource }]) => ({ ...resource, id, Properties }));
}
