import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createCicdApp, type CicdAppOptions } from '../../../infra/cicd-app.ts';
import type { BundledFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { parseConfig, type defineConfig } from '../../../lib/runtime/config.ts';

type ConfigInput = Parameters<typeof defineConfig>[0];

/** As far as the tests look at it. */
export interface Template {
  Parameters?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs: Record<string, { Description?: string; Value: unknown }>;
}

interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
  DependsOn?: unknown;
}

type ResourceWithId = TemplateResource & { id: string; Properties: Record<string, unknown> };

export interface SynthesiseOptions {
  config?: ConfigInput;
  context?: CicdAppOptions['context'];
  environment?: CicdAppOptions['environment'];
  /** Whether all checks are made, as they are before a deployment. Default: false. */
  checked?: boolean;
  /** What each bundle will not do. Default: nothing. */
  warnings?: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'cicd-stack-'));
let assemblies = 0;
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Synthesises the stack with bundles that hold nothing, in a fraction of a second unless it is checked.
 * @throws ConfigError; Error with the findings of the checks
 */
export function synthesiseStack(options: SynthesiseOptions = {}) {
  const { app, stack } = createTestApp(options);
  const artifact = app.synth().getStackByName(stack.stackName);
  const template: Template = artifact.template;
  return { app, artifact, stack, template };
}

/** The same before it is synthesised. */
export function createTestApp(options: SynthesiseOptions = {}) {
  const { checked = false, config = {}, context = {}, environment = {}, warnings = [] } = options;
  assemblies += 1;
  return createCicdApp({
    config: parseConfig(config),
    bundle: ({ name }) => ({ ...bundleNothing(name), warnings }),
    environment,
    context,
    outdir: join(folder, `cdk.out.${assemblies}`),
    checked,
  });
}

function bundleNothing(name: string): Omit<BundledFunction, 'warnings'> {
  const bundle = join(folder, name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, 'index.mjs'), `// ${name}`);
  return { folder: bundle, handler: 'index.handler' };
}

/** The resources of a type, each with its id in the template. */
export function resourcesOf({ Resources }: Template, type: string): ResourceWithId[] {
  return Object.entries(Resources).flatMap(([id, { Properties = {}, Type, ...rest }]) =>
    Type === type ? [{ id, Type, Properties, ...rest }] : [],
  );
}

/** Calls back for every object in a value, at any depth. */
export function visit(value: unknown, see: (object: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isRecord(value)) {
    see(value);
    for (const item of Object.values(value)) visit(item, see);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
