import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../../lib/domain/errors.ts';
import { parseConfig, type LoadedConfig } from '../../lib/runtime/config.ts';

/**
 * The configuration that the stack was deployed with: it lies beside the code.
 * @throws ConfigError
 */
export async function deployedConfig(): Promise<LoadedConfig> {
  const folder = process.env['LAMBDA_TASK_ROOT'] ?? '.';
  const file = join(folder, 'config.json');
  try {
    return { config: parseConfig(JSON.parse(await readFile(file, 'utf8'))), folder };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([`${file}: cannot be read: ${messageOf(error)}`]);
  }
}
