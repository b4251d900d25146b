import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What a supervisor is to run. What was asked for beyond that, the host keeps: see `host-records.ts`. */
export const runOrderSchema = z.object({
  /** Absolute path of the program, and its arguments. */
  run: z.array(z.string()).min(1),
  /** Variables of the agent whose values are masked in what it prints. */
  masked: z.array(z.string()),
  /** Bytes of output, as it is written down, after which it is ended. */
  mostOutput: z.int(),
  /** ISO 8601 UTC. */
  deadline: z.string(),
});
export type RunOrder = z.infer<typeof runOrderSchema>;

/** A process, told apart from later ones of the same number. */
export const processRecordSchema = z.object({ pid: z.int(), began: z.string() });
export type ProcessRecord = z.infer<typeof processRecordSchema>;

export const endingSchema = z.enum(['exit', 'deadline', 'output', 'cancel', 'shutdown', 'failure']);
/**
 * `exit`: by itself, or by somebody outside; `output`: it printed too much; `shutdown`: the supervisor was told to
 * end, with the machine or its container; `failure`: it could not be started or watched.
 */
export type Ending = z.infer<typeof endingSchema>;

export const runResultSchema = z.object({
  endedBy: endingSchema,
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** Why it failed, as the system calls it: `ENOSPC`. */
  problem: z.string().nullable(),
  /** ISO 8601 UTC, as is the end. */
  startedAt: z.string(),
  endedAt: z.string(),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** Undefined where there is no such record, or not a whole one. */
export function readRecord<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** A reader sees the old record or the new one, never half of it. */
export function writeRecord(file: string, record: object): void {
  renameSync(writeDraft(file, record), file);
}

/** Writes the record if there is none. @returns whether it was written: of several, one succeeds */
export function writeFirstRecord(file: string, record: object): boolean {
  const draft = writeDraft(file, record);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(file: string, record: object): string {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(record), { mode: 0o600 });
  return draft;
}
