import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ConfigError } from '../../lib/domain/errors.ts';
import { secretNames } from '../../lib/domain/secret-names.ts';
import { loadConfig } from '../../lib/runtime/config.ts';
import { onlySet } from '../../lib/runtime/secrets.ts';
import type { HostSettings } from '../local/host-settings.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** npm moves to the project's folder before it runs a script; paths are meant from where the person is. */
function callersFolder(): string {
  const script = process.env['npm_lifecycle_event'];
  const calledByNpm = script === 'cicd' || script === 'start';
  return (calledByNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd();
}

export function resolvePath(path: string): string {
  return resolve(callersFolder(), path);
}

export interface CommonOptions {
  data?: string;
  config?: string;
  stack?: string;
}

/** For what can be done on this machine and on a stack. */
export function withCommonOptions(command: Command): Command {
  return withLocalOptions(command).addOption(
    new Option('--stack <name>', 'a stack on AWS instead of this machine: autonomous-cicd-dev')
      .argParser(stackName)
      .conflicts('data'),
  );
}

/** For what only this machine can do. */
export function withLocalOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <dir>', 'data folder (default: .cicd beside the configuration)'))
    .addOption(
      new Option('--config <file>', "configuration (default: the project's cicd.config.ts)"),
    );
}

export interface Settings extends HostSettings {
  dataFolder: string;
  /** The stack that is meant; undefined for this machine. */
  stack: string | undefined;
  /** All that is set at the time, by the environment or the file. */
  variables: HostSettings['environment'];
}

/**
 * Loads the configuration and the `.env` beside it, and says where data is kept.
 * @throws ConfigError
 */
export async function loadSettings({ config, data, stack }: CommonOptions): Promise<Settings> {
  const file = config === undefined ? join(projectFolder, 'cicd.config.ts') : resolvePath(config);
  if (config !== undefined && !existsSync(file)) {
    throw new ConfigError([`${file}: there is no such file`]);
  }
  const environment = { ...process.env };
  const envFile = join(dirname(file), '.env');
  const variables = { ...(await readVariables(envFile)), ...onlySet(environment) };
  provideToProcess(variables);
  const loaded = await loadConfig(file);
  return {
    config: loaded,
    environment,
    envFile,
    variables,
    stack,
    dataFolder: data === undefined ? join(loaded.folder, '.cicd') : resolvePath(data),
  };
}

async function readVariables(file: string): Promise<NodeJS.Dict<string>> {
  return parseEnv(await readFile(file, 'utf8').catch(() => ''));
}

const secretVariables: ReadonlySet<string> = new Set(
  secretNames.flatMap((name) => [name, `${name}_PREVIOUS`]),
);

/**
 * Secrets stay in the file: whoever needs one reads it there, so that one that is changed is used without a
 * restart.
 */
function provideToProcess(variables: NodeJS.Dict<string>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && !secretVariables.has(name)) process.env[name] = value;
  }
}

/** For commander. CloudFormation takes no other names. */
function stackName(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(value)) return value;
  throw new InvalidArgumentError('It must be letters, digits and - only, a letter first.');
}

/** For commander: a whole number of at least `least`. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
