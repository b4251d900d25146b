import { z } from 'zod';

/** A record as JSON text: outputs of a stack are texts. */
function jsonRecord<Value extends z.ZodType>(value: Value) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), value));
}

/** What a deployed stack tells of itself: the stack writes it, the operator's commands read it. */
export const stackOutputsSchema = z.object({
  /** Name of the DynamoDB table. */
  Table: z.string(),
  /** Name of the S3 bucket. */
  Bucket: z.string(),
  /** Name of the event bus. */
  Bus: z.string(),
  /** `autonomous-cicd-dev/` */
  SecretsPrefix: z.string(),
  /** 8 hex digits. */
  Installation: z.string(),
  /** Where senders reach it, without a path. */
  WebhookUrl: z.string(),
  /** Of the configuration that it was deployed with. */
  ConfigurationDigest: z.string(),
  /** Whether store, secrets and logs outlive the stack. */
  KeepsData: z.enum(['true', 'false']).transform((text) => text === 'true'),
  DashboardUrl: z.string(),
  /** ARN of the SNS topic of the alarms. */
  AlarmTopic: z.string(),
  /** Log group with a line for each request to the webhooks. */
  AccessLogs: z.string(),
  /** Flow → ARN of its alias. */
  Flows: jsonRecord(z.string()),
  /** File in functions/, without its ending → the deployed function. */
  Functions: jsonRecord(z.object({ name: z.string(), logGroup: z.string() })),
  /** Schedule → name of its rule on the default bus. */
  ScheduleRules: jsonRecord(z.string()),
  /** What it takes from → URL of the queue. */
  DeadLetterQueues: jsonRecord(z.string()),
});
export type StackOutputs = z.output<typeof stackOutputsSchema>;
/** As the stack writes them: texts. */
export type StackOutputTexts = z.input<typeof stackOutputsSchema>;
