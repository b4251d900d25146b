import { ConfigError } from '../domain/errors.ts';

/** Set by the local host for the functions that it runs. */
export const dataFolderVariable = 'CICD_DATA';

/**
 * The data folder of the local host that runs this function.
 * @throws ConfigError outside a host
 */
export function dataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const folder = environment[dataFolderVariable];
  if (folder === undefined || folder === '') {
    throw new ConfigError([`${dataFolderVariable}: is not set; it names the data folder`]);
  }
  return folder;
}
