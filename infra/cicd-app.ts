import { readFileSync } from 'node:fs';
import { App, Validations, type AppProps } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError } from '../lib/domain/errors.ts';
import type { Config } from '../lib/runtime/config-schema.ts';
import { outsideVariables } from '../lib/runtime/local-environment.ts';
import type { Architecture } from './constructs/bundling/bundle-function.ts';
import type { Deployment } from './constructs/deployment.ts';
import { requireDurableFunctions } from './durable-regions.ts';
import { CicdStack } from './stack.ts';
import { defaultStage, findStage } from './stages.ts';

export interface CicdAppOptions {
  config: Config;
  bundle: Deployment['bundle'];
  environment: Readonly<Record<string, string | undefined>>;
  /**
   * Context as `-c name=value` gives it: `stage`, `architecture`, `anyRegion`, `withoutOxlint`.
   * Default: that of the command line.
   */
  context?: AppProps['context'];
  /** Where the template and the assets are written. Default: where the command line wants them. */
  outdir?: string;
  /**
   * Whether the template is held against AWS's specification of its resources and against the
   * AwsSolutions rules of cdk-nag: a finding without a written reason ends the synthesis. Takes seconds.
   * Default: true.
   */
  checked?: boolean;
}

/**
 * The app that `cdk` synthesises: one stage, for any account and region unless the environment names them.
 * @throws ConfigError for an unknown stage, architecture or region, or a stage that would lack its linter
 */
export function createCicdApp(options: CicdAppOptions): { app: App; stack: CicdStack } {
  const { bundle, config, environment } = options;
  const app = createApp(options);
  const settings = readContext(app);
  const { account, region } = whereTo(environment);
  if (!settings.anyRegion) requireDurableFunctions(region);

  const stage = findStage(config, settings.stage);
  const stack = new CicdStack(app, stage.stackName, {
    config,
    stage,
    architecture: settings.architecture,
    withoutOxlint: settings.withoutOxlint,
    bundle,
    outside: outsideVariables(environment),
    version: readVersion(),
    ...(account !== undefined && region !== undefined && { env: { account, region } }),
  });
  return { app, stack };
}

function createApp({ checked = true, context, outdir }: CicdAppOptions): App {
  const app = new App({
    builtinCloudFormationValidation: checked,
    // As in a new project; one of them makes errors of what CloudFormation would refuse.
    postCliContext: CURRENTLY_RECOMMENDED_FLAGS,
    ...(context !== undefined && { context }),
    ...(outdir !== undefined && { outdir }),
  });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function readContext(app: App) {
  const architecture: unknown = app.node.tryGetContext('architecture') ?? 'arm64';
  if (!isArchitecture(architecture)) {
    throw new ConfigError(['architecture: must be arm64 or x86_64 (-c architecture=x86_64)']);
  }
  return {
    architecture,
    stage: String(app.node.tryGetContext('stage') ?? defaultStage),
    anyRegion: isOn(app, 'anyRegion'),
    withoutOxlint: isOn(app, 'withoutOxlint'),
  };
}

/** The command line gives every value as text. */
function isOn(app: App, name: string): boolean {
  return String(app.node.tryGetContext(name) ?? 'false') === 'true';
}

function isArchitecture(value: unknown): value is Architecture {
  return value === 'arm64' || value === 'x86_64';
}

/** The command line of the CDK sets these by the credentials and the profile that it finds. */
function whereTo(environment: CicdAppOptions['environment']) {
  return {
    account: environment['CDK_DEFAULT_ACCOUNT'],
    region: environment['CDK_DEFAULT_REGION'],
  };
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
