import { z } from 'zod';
import { reportSchema, runReportSchema, type Report, type RunReport } from '../../domain/report.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { analysisKey } from './analysis-key.ts';
import type { AnalysisInput } from './input.ts';
import type { BlobKey } from './stored-values.ts';

/** Points from a component to its last report. */
const latestSchema = z.object({ report: z.string() });

function latestKey(input: AnalysisInput): BlobKey {
  return `latest/${analysisKey(input)}.json`;
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function decode(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Key of the component's last report; null before the first. */
export async function findLatestReport(
  blobs: Blobs,
  input: AnalysisInput,
): Promise<BlobKey | null> {
  const bytes = await blobs.get(latestKey(input));
  if (bytes === undefined) return null;
  return latestSchema.parse(decode(bytes)).report;
}

async function read<Value>(
  blobs: Blobs,
  key: BlobKey,
  schema: z.ZodType<Value>,
): Promise<Value | null> {
  const bytes = await blobs.get(key);
  if (bytes === undefined) return null;
  const parsed = schema.safeParse(decode(bytes));
  return parsed.success ? parsed.data : null;
}

/** Null when it is gone or was written by a version that we no longer read. */
export function readReport(blobs: Blobs, key: BlobKey): Promise<RunReport | null> {
  return read(blobs, key, runReportSchema);
}

/** The same where only the report of an analysis will do. */
export function readAnalysisReport(blobs: Blobs, key: BlobKey): Promise<Report | null> {
  return read(blobs, key, reportSchema);
}

export async function saveReport(blobs: Blobs, report: RunReport): Promise<BlobKey> {
  const key = `reports/${report.runId}.json`;
  await blobs.put(key, encode(report));
  return key;
}

/** Stores the report first, then makes it the component's last one. */
export async function saveLatestReport(
  blobs: Blobs,
  input: AnalysisInput,
  report: Report,
): Promise<BlobKey> {
  const key = await saveReport(blobs, report);
  await blobs.put(latestKey(input), encode({ report: key }));
  return key;
}
