import { join } from 'node:path';
import { z } from 'zod';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** A function as the template describes it. */
export interface FunctionDefinition {
  /** Of its resource. */
  id: string;
  name: string;
  arn: string;
  /** Of the unpacked bundle. */
  folder: string;
  handler: string;
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
  memoryMb: number;
  /** ARN. */
  role: string;
  logGroup: string;
  /** How often a queued event that failed is tried again. */
  retries: number;
  /** ARN of the queue that takes what failed for good. */
  deadLetters: string | undefined;
  /** Only of durable functions: seconds that a run may take. */
  executionTimeoutSeconds: number | undefined;
  /** The version that an alias points to, by name of the alias. */
  aliases: Readonly<Record<string, string>>;
}

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  DurableConfig: z.object({ ExecutionTimeout: z.number() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
  Handler: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }).optional(),
  MemorySize: z.number().default(128),
  Role: z.string(),
  Timeout: z.number().default(3),
});

const aliasSchema = z.object({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string(),
});

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  Qualifier: z.string(),
});

/** @param assembly folder in which the template and its assets are */
export function readFunctions(template: ResolvedTemplate, assembly: string): FunctionDefinition[] {
  const ofType = (type: string) => template.resources.filter((one) => one.type === type);
  const aliases = ofType('AWS::Lambda::Alias').map((one) => aliasSchema.parse(one.properties));
  const invokeConfigs = ofType('AWS::Lambda::EventInvokeConfig').map((one) =>
    invokeConfigSchema.parse(one.properties),
  );
  return ofType('AWS::Lambda::Function').map(({ id, properties }) => {
    const read = functionSchema.parse(properties);
    const { arn, ref: name } = template.names(id);
    const ownAliases = aliases.filter(({ FunctionName }) => [name, arn].includes(FunctionName));
    // What is invoked by an alias is queued as the alias says.
    const qualifier = ownAliases[0]?.Name ?? '$LATEST';
    const config = invokeConfigs.find(
      ({ FunctionName, Qualifier }) => FunctionName === name && Qualifier === qualifier,
    );
    return {
      id,
      name,
      arn,
      folder: join(assembly, `asset.${read.Code.S3Key.replace(/\.zip$/, '')}`),
      handler: read.Handler,
      environment: read.Environment?.Variables ?? {},
      timeoutMs: read.Timeout * 1000,
      memoryMb: read.MemorySize,
      role: read.Role,
      logGroup: read.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      retries: config?.MaximumRetryAttempts ?? 2,
      deadLetters: read.DeadLetterConfig?.TargetArn,
      executionTimeoutSeconds: read.DurableConfig?.ExecutionTimeout,
      aliases: Object.fromEntries(
        ownAliases.map(({ FunctionVersion, Name }) => [Name, FunctionVersion]),
      ),
    };
  });
}
