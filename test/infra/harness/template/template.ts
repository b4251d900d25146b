import { z } from 'zod';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});

/** A CloudFormation template, as far as the harness reads it. */
export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() }))
    .default({}),
});
export type Template = z.infer<typeof templateSchema>;

/** A resource of the template with all its intrinsic functions worked out. */
export interface Resource {
  id: string;
  type: string;
  /** As CloudFormation would give them to the service. */
  properties: Readonly<Record<string, unknown>>;
}
