import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { messageOf, UpstreamError } from '../../lib/domain/errors.ts';

const holderSchema = z.object({
  pid: z.int(),
  /** Where the holder listens, if it does. */
  url: z.string().optional(),
  /** What was started: `start`, `analyze`. */
  command: z.string(),
  /** Told by `/healthz` too: another host may have taken over the address of one that was killed. */
  instance: z.string().optional(),
  /** Stands for the configuration that the holder works with. */
  configuration: z.string().optional(),
});
/** The process that holds a data folder. */
export type Holder = z.infer<typeof holderSchema>;

export interface DataFolderPaths {
  folder: string;
  /** Runs, their history and logs. */
  database: string;
  /** Deliveries, schedules, switches. */
  store: string;
  blobs: string;
  /** Clones in which commands of agents work, and what came of them. Made when the first one is started. */
  agentRuns: string;
}

export interface DataFolder extends DataFolderPaths {
  /** Says who holds the folder, for those who find it in use. */
  announce(holder: Holder): void;
  /** Idempotent. */
  close(): void;
}

/** Another process holds the folder. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';
  /** Undefined when the holder has not said who it is (yet). */
  readonly holder: Holder | undefined;

  constructor(folder: string, holder: Holder | undefined) {
    const who = holder
      ? `process ${holder.pid} (${holder.command}${holder.url ? `, ${holder.url}` : ''})`
      : 'another process';
    super(`The data folder ${folder} is in use by ${who}. Stop it, or choose another folder.`);
    this.holder = holder;
  }
}

export function dataFolderPaths(folder: string): DataFolderPaths {
  return {
    folder,
    database: join(folder, 'cicd.db'),
    store: join(folder, 'store.db'),
    blobs: join(folder, 'blobs'),
    agentRuns: join(folder, 'agent-runs'),
  };
}

/**
 * Creates the folder where it is missing and takes it for this process alone.
 * @throws DataFolderInUseError, or UpstreamError when the folder cannot be created or written.
 */
export function openDataFolder(folder: string): DataFolder {
  const paths = dataFolderPaths(folder);
  createFolders(paths);
  const lock = takeLock(folder);
  const holderFile = holderPath(folder);
  rmSync(holderFile, { force: true });
  let open = true;
  return {
    ...paths,
    announce(holder) {
      try {
        writeAtomically(holderFile, JSON.stringify(holder));
      } catch (cause) {
        throw unusable(folder, cause);
      }
    },
    close() {
      if (!open) return;
      open = false;
      rmSync(holderFile, { force: true });
      lock.close();
    },
  };
}

/** What the last holder said about itself; outdated after a crash, so ask for the lock first. */
export function readHolder(folder: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(holderPath(folder), 'utf8');
  } catch {
    return undefined;
  }
  return parseHolder(text);
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function holderPath(folder: string): string {
  return join(folder, 'host.json');
}

function createFolders({ folder, blobs }: DataFolderPaths): void {
  try {
    makeFolder(folder);
    makeFolder(blobs);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

/** Level by level: in folders such as /proc, Node's own recursive mkdir never returns. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * An exclusive transaction that is never committed. The operating system drops the lock when the
 * process dies in whatever way, so there is no stale lock to clean up.
 */
function takeLock(folder: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    const lockFile = join(folder, 'lock.db');
    lock = new DatabaseSync(lockFile, { timeout: 0 });
    chmodSync(lockFile, 0o600);
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (isBusy(cause)) throw new DataFolderInUseError(folder, readHolder(folder));
    throw unusable(folder, cause);
  }
}

function isBusy(error: unknown): boolean {
  const busy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}

function unusable(folder: string, cause: unknown): UpstreamError {
  const reason = isFull(cause) ? 'the disk is full' : messageOf(cause);
  return new UpstreamError(`The data folder ${folder} cannot be created or written: ${reason}`, {
    service: 'data folder',
    retryable: false,
    cause,
  });
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

/** A reader sees the old text or the new one, never half of it. */
function writeAtomically(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
