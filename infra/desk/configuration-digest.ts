import { createHash } from 'node:crypto';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';

/** Tells two configurations apart: a host keeps the one that it was started with. */
export function configurationDigest({ config, folder }: LoadedConfig): string {
  return digestOf([folder, config]);
}

/** The same of what a stack is deployed with: in the cloud it makes no difference where the file lay. */
export function deployedConfigurationDigest(config: Config): string {
  return digestOf(config);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
