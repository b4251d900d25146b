import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A `.env` file that people change while it is in use. One that is not there is an empty one. */
export interface EnvFile {
  /** What it held when it was read last; nothing before that. */
  variables(): Variables;
  /** True before it has been read, and after it could not be. */
  hasChanged(): boolean;
  /** @returns why it cannot be read, in which case the variables stay as they were */
  read(): Promise<string | undefined>;
}

/** @param untilSaved waits while the file may be in the middle of being saved */
export function openEnvFile(file: string, untilSaved: () => Promise<unknown>): EnvFile {
  let variables: Variables = {};
  let stamp: string | undefined;

  const readSaved = async () => {
    const found = await readVariables(file);
    if (!isEmpty(found) || isEmpty(variables)) return found;
    // Many programs empty a file before they write it: that says nothing yet.
    await untilSaved();
    return readVariables(file);
  };
  return {
    variables: () => variables,
    hasChanged: () => stamp !== stampOf(file),
    read: async () => {
      // From before it is read: what is written meanwhile shows as a change.
      const found = stampOf(file);
      try {
        variables = await readSaved();
      } catch (error) {
        return codeOf(error);
      }
      stamp = found;
      return undefined;
    },
  };
}

function isEmpty(variables: Variables): boolean {
  return Object.keys(variables).length === 0;
}

/** Takes some microseconds, so that every delivery can afford it; a thread would take longer. */
function stampOf(file: string): string {
  try {
    const { ctimeMs, ino, mtimeMs, size } = statSync(file);
    return [ctimeMs, ino, mtimeMs, size].join(' ');
  } catch (error) {
    return codeOf(error);
  }
}

async function readVariables(file: string): Promise<Variables> {
  try {
    return parseEnv(await readFile(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
