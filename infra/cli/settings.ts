import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { ConfigError } from '../../lib/domain/errors.ts';
import { secretNames } from '../../lib/domain/secret-names.ts';
import { loadConfig } from '../../lib/runtime/config.ts';
import { onlySet } from '../../lib/runtime/secrets.ts';
import type { HostSettings } from '../local/host-settings.ts';
import type { CommonOptions } from './options.ts';

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
