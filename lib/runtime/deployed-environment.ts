import { ConfigError } from '../domain/errors.ts';

/**
 * What the stack gives to its functions, each only what it works with. Names and addresses, never a value
 * that is secret.
 */
export const deployedVariables = {
  /** Name of the stack: part of the names of runs. */
  stack: 'CICD_STACK',
  /** Name of the DynamoDB table behind the store. */
  table: 'CICD_TABLE',
  /** Name of the S3 bucket behind the blobs. */
  bucket: 'CICD_BUCKET',
  /** Name of the event bus. */
  bus: 'CICD_BUS',
  /** What stands before the names of its secrets: `autonomous-cicd-dev/`. */
  secretsPrefix: 'CICD_SECRETS_PREFIX',
  /** 8 hex digits by which the installation knows its webhooks again. */
  installation: 'CICD_INSTALLATION',
  /** Where senders reach it, without a path: `https://….execute-api.eu-west-1.amazonaws.com`. */
  webhookUrl: 'CICD_WEBHOOK_URL',
  /** JSON: the flows that the function may start, each with the ARN of its alias. */
  flows: 'CICD_FLOWS',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this process is a Lambda function; a local host runs the same modules. */
export function isDeployed(environment: Environment): boolean {
  return environment['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;
}

/** @throws ConfigError where the stack has not given it to this function */
export function deployedVariable(
  environment: Environment,
  name: keyof typeof deployedVariables,
): string {
  const variable = deployedVariables[name];
  const value = environment[variable];
  if (value !== undefined && value !== '') return value;
  throw new ConfigError([`${variable}: is not set; the stack gives it to the function`]);
}
