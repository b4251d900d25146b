import type { LoadedConfig } from '../../lib/runtime/config.ts';

/** What a person has set, from which everything on this machine is made. */
export interface HostSettings {
  config: LoadedConfig;
  /** As the process was started with; has precedence over the file. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of `.env`; it need not exist. */
  envFile: string;
}
