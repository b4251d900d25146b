import { createHash } from 'node:crypto';
import type { LoadedConfig } from '../../lib/runtime/config.ts';

/** Tells two configurations apart: a host keeps the one that it was started with. */
export function configurationDigest({ config, folder }: LoadedConfig): string {
  const text = JSON.stringify([folder, config]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
