import { z } from 'zod';

/** Days that CloudWatch can keep logs for. */
const logDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096] as const;

/**
 * Where AWS makes a name up and it may have 64 characters (functions, roles), CloudFormation takes no more
 * than 25 of the stack's; `autonomous-cicd-` are 16. Policies for operators are about `STACK-*`: they would
 * miss a name that was cut, and those of `dev` would be about `dev-eu`, too.
 */
const stageNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{0,8}$/,
    'must be a small letter and up to 8 more small letters and digits: longer names are cut by AWS, ' +
      'and with a - the policies of one stage would be about another, too',
  );

const domainSchema = z.strictObject({
  /** `cicd.example.com`; point it to the output WebhookDomainTarget by a CNAME record. */
  name: z.hostname(),
  /** Of a certificate for the name in AWS Certificate Manager, in the region of the stack. */
  certificateArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:acm:/, 'must be the ARN of a certificate (arn:aws:acm:…)'),
});

const stageSchema = z.strictObject({
  /**
   * Whether its data outlives the stack. True: `cdk destroy` leaves the table, the bucket, the secrets and
   * the logs behind, the table is protected against deletion and the stack against termination.
   * Default: false.
   */
  keepsData: z.boolean().default(false),
  /** Days for which the logs of functions are kept. Default: 30. */
  logDays: z.literal(logDays).default(30),
  /** Days for which the bus archives its events, to be replayed. Default: 14. */
  archiveDays: z.int().min(1).max(3_650).default(14),
  /** Who is told by e-mail when an alarm goes off; each has to confirm it once. Default: nobody. */
  alarmEmails: z.array(z.email()).default([]),
  /** Where senders reach the webhooks. Default: the address that API Gateway makes up. */
  domain: domainSchema.optional(),
  /** What API Gateway lets through before it answers 429. GitHub does not send again by itself. */
  webhookRate: z
    .strictObject({
      /** Requests a second in the long run. Default: 100. */
      perSecond: z.int().min(1).max(10_000).default(100),
      /** Requests at once. Default: 200. */
      burst: z.int().min(1).max(5_000).default(200),
    })
    .prefault({}),
  /**
   * Copies of a function that can always run, and no more of them: `{ 'component-analysis': 4 }`, by files in
   * functions/. They are taken from the 1,000 of the account and region. Default: nothing is reserved.
   */
  reservedConcurrency: z.record(z.string(), z.int().min(0).max(10_000)).default({}),
});

/** What the stack on AWS is made with; a local host has no use for it. */
export const awsSchema = z
  .strictObject({
    /**
     * The stacks that can be deployed, by the name behind `-c stage=`: `prod` makes the stack
     * autonomous-cicd-prod. Default: dev, and prod that keeps its data. Without `-c stage=`, it is dev.
     */
    stages: z.record(stageNameSchema, stageSchema).prefault({ dev: {}, prod: { keepsData: true } }),
  })
  .prefault({});

export type StageConfig = z.output<typeof stageSchema>;
