import { createHash } from 'node:crypto';

/** What one installation on one machine differs in from all others. */
export interface InstallationFacts {
  hostName: string;
  /** Absolute path. */
  dataFolder: string;
}

/** 8 hex digits by which an installation knows again what it has made outside, with nothing written down. */
export function markInstallation({ dataFolder, hostName }: InstallationFacts): string {
  return createHash('sha256')
    .update(JSON.stringify([hostName, dataFolder]))
    .digest('hex')
    .slice(0, 8);
}
