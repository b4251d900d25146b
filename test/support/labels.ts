import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { categorySchema, severitySchema, topicSchema } from '../../lib/domain/finding.ts';

const labelled = join(import.meta.dirname, '../fixtures/labelled');

/** The small repository that the labels speak about. */
export const labelledRepository = join(labelled, 'repository');

const placeSchema = z.strictObject({
  path: z.string(),
  /** First and last line, both included. */
  lines: z.tuple([z.int().min(1), z.int().min(1)]),
});
export type Place = z.infer<typeof placeSchema>;

const defectSchema = placeSchema.extend({
  topic: topicSchema,
  /** Topics under which a reviewer might as well file it. */
  orTopics: z.array(topicSchema).default([]),
  category: categorySchema,
  /** A finding below this severity does not count as found. */
  severityAtLeast: severitySchema.default('low'),
  note: z.string().min(1),
  /** The other places of the same defect: files of an import cycle, copies. Any one will do. */
  alsoAt: z.array(placeSchema).default([]),
});
export type Defect = z.infer<typeof defectSchema>;

const markSchema = placeSchema.extend({
  /** `any` stands for every topic. */
  topics: z.array(z.union([topicSchema, z.literal('any')])).min(1),
  note: z.string().min(1),
});
export type Mark = z.infer<typeof markSchema>;

const labelsSchema = z.strictObject({
  /** Every one should be found. */
  defects: z.array(defectSchema),
  /** Code that looks like a defect and is none: a finding of these topics here is a false alarm. */
  traps: z.array(markSchema),
  /** Findings that a reviewer would accept although nobody needs to make them. */
  accepted: z.array(markSchema),
});
export type Labels = z.infer<typeof labelsSchema>;

/** Reads the labels; throws a ZodError when one is malformed. */
export async function loadLabels(): Promise<Labels> {
  return labelsSchema.parse(JSON.parse(await readFile(join(labelled, 'labels.json'), 'utf8')));
}
