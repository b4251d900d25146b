import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { agentPullRequestSchema } from '../../domain/agents/agent-run.ts';
import { sourceSchema } from '../../domain/source.ts';

/** What was asked for, as it was when the clone was ready. The host keeps its own: see `host-records.ts`. */
export const runRequestSchema = z.object({
  id: z.string(),
  title: z.string(),
  repository: z.string(),
  source: sourceSchema,
  mayChangeCode: z.boolean(),
  /** ISO 8601 UTC. */
  deadline: z.string(),
  /** ISO 8601 UTC. */
  createdAt: z.string(),
  /** Absolute path of the program, and its arguments. */
  run: z.array(z.string()).min(1),
  /** Variables of the agent whose values are masked in what it prints. */
  masked: z.array(z.string()),
  /** Bytes of output, as it is written down, after which it is ended. */
  mostOutput: z.int(),
  /** Git's name of what the agent begins with: of the commit, or of the tree where it came from a folder. */
  base: z.string(),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

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

export const publicationSchema = z.object({
  /** How often it was tried. */
  attempts: z.int(),
  /** Nothing more is done about it. */
  isOver: z.boolean(),
  pullRequests: z.array(agentPullRequestSchema),
  /** What was not published, and why, in words. */
  problem: z.string().nullable(),
});
export type Publication = z.infer<typeof publicationSchema>;

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
