import { createHash } from 'node:crypto';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';

/**
 * Tells two configurations apart: a host keeps the one that it was started with. In what order a file names
 * its parts makes no difference.
 */
export function configurationDigest({ config, folder }: LoadedConfig): string {
  return digestOf([folder, config]);
}

/** The same of what a stack is deployed with: in the cloud it makes no difference where the file lay. */
export function deployedConfigurationDigest(config: Config): string {
  return digestOf(config);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex').slice(0, 16);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
