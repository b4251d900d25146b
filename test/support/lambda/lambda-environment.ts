import { dirname } from 'node:path';

export interface LambdaIdentity {
  name: string;
  version: string;
  memoryMb: number;
  region: string;
  logGroup: string;
  /** ARN that it is invoked by, the alias included. */
  arn: string;
}

export const plainIdentity: LambdaIdentity = {
  name: 'function',
  version: '$LATEST',
  memoryMb: 1024,
  region: 'eu-west-1',
  logGroup: '/aws/lambda/function',
  arn: 'arn:aws:lambda:eu-west-1:111111111111:function:function',
};

/**
 * The environment that Lambda itself gives to a process of a function: nothing of the tester's own.
 * `PATH` holds just this program's folder, since Lambda's own paths are not on this machine.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function lambdaEnvironment(
  identity: LambdaIdentity,
  { folder, handler, runtimeApi }: { folder: string; handler: string; runtimeApi: string },
): Record<string, string> {
  return {
    _HANDLER: handler,
    AWS_DEFAULT_REGION: identity.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(identity.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: identity.name,
    AWS_LAMBDA_FUNCTION_VERSION: identity.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: identity.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: `[${identity.version}]${identity.name}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: identity.region,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: folder,
    LANG: 'en_US.UTF-8',
    PATH: dirname(process.execPath),
    TZ: ':UTC',
  };
}
