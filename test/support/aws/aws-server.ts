import { createServer } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { createCredentialBook, type Credentials, type Principal } from './credentials.ts';
import type { FaultScript } from './faults.ts';
import { isAllowed, type AccessRequest } from './iam.ts';
import { createRequestHandler, type SeenCall } from './request-handler.ts';
import type { AwsService } from './service.ts';
import { createCloudFormation, type CloudFormation } from './services/cloudformation.ts';
import { createCloudWatch, type CloudWatch } from './services/cloudwatch.ts';
import { createDynamodb } from './services/dynamodb.ts';
import { createEventBridge, type EventBridge, type OnMatch } from './services/event-bridge.ts';
import type { KnownFunction } from './services/lambda/known-functions.ts';
import { createLambda } from './services/lambda/lambda.ts';
import { statusChangeEvent } from './services/lambda/status-change-event.ts';
import { createLogGroups, type LogGroups } from './services/log-groups.ts';
import { createS3 } from './services/s3.ts';
import { createSecretsManager } from './services/secrets-manager.ts';
import { createSns, type Sns } from './services/sns.ts';
import { createSqs } from './services/sqs.ts';
import { createSts } from './services/sts.ts';

export interface AwsServerOptions {
  /** Of 127.0.0.1. Default: any free one. */
  port?: number;
  /** Default: `eu-west-1`. */
  region?: string;
  /** Default: `123456789012`. */
  account?: string;
  /** Decides on every request. Default: the statements of the principal, all where it has none. */
  authorise?: (request: AccessRequest & { principal: Principal }) => boolean;
  /** Where DynamoDB, S3 and SQS are really kept: `http://127.0.0.1:PORT`. Default: they are not played. */
  backends?: Backends;
  /** Delivers events to targets of rules. Default: nobody is told. */
  onMatch?: OnMatch;
}

export interface Backends {
  dynamodb?: string;
  s3?: string;
  sqs?: string;
}

export interface ClientSettings {
  endpoint: string;
  region: string;
  credentials: Credentials;
  maxAttempts: number;
}

export interface AwsServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  region: string;
  account: string;
  /** What makes an unmodified SDK of a child process use this server, as an administrator. */
  environment: Record<string, string>;
  /** What makes an SDK client in this process use this server, as an administrator. */
  clientSettings: ClientSettings;
  /** Makes further credentials: of a function's role, of somebody without rights, expired ones. */
  issue(principal: Principal, options?: { session?: boolean; expiresAt?: number }): Credentials;
  /** As `environment`, with the given credentials. */
  environmentOf(credentials: Credentials): Record<string, string>;
  /** As `clientSettings`, with the given credentials. */
  settingsOf(credentials: Credentials): ClientSettings;
  /** Lets requests fail that come later. */
  script(fault: FaultScript): void;
  /** Requests that were understood, oldest first. */
  calls: readonly SeenCall[];
  /** Requests that the SDK's schemas do not allow, and scripts of AWS that are not played here. */
  violations: readonly string[];
  cloudFormation: CloudFormation;
  cloudWatch: CloudWatch;
  events: EventBridge;
  logs: LogGroups;
  sns: Sns;
  /** Deploys a function. */
  addFunction(known: KnownFunction): void;
  close(): Promise<void>;
}

/** Stands in for AWS: unmodified SDK clients reach it by `AWS_ENDPOINT_URL`. To be closed by the caller. */
export async function startAwsServer(options: AwsServerOptions = {}): Promise<AwsServer> {
  const { region = 'eu-west-1', account = '123456789012' } = options;
  const credentials = createCredentialBook();
  const events = createEventBridge(options.onMatch ?? (() => {}));
  const lambda = createLambda({ region, account }, (execution) =>
    events.emit(statusChangeEvent(execution, { region, account })),
  );
  const played = {
    cloudFormation: createCloudFormation({ region, account }),
    cloudWatch: createCloudWatch(),
    events,
    logs: createLogGroups(),
    sns: createSns(),
  };
  const services = [
    ...Object.values(played),
    createSecretsManager(),
    createSts(),
    lambda,
    ...backendServices(options.backends ?? {}),
  ];
  const handler = createRequestHandler({
    account,
    credentials,
    services,
    authorise: options.authorise ?? byStatements,
  });
  const server = createServer((request, response) => handler.listen(request, response));
  const url = `http://127.0.0.1:${await listenOnLoopback(server, options.port)}`;
  const environmentOf = (given: Credentials) => ({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: given.accessKeyId,
    AWS_SECRET_ACCESS_KEY: given.secretAccessKey,
    ...(given.sessionToken !== undefined && { AWS_SESSION_TOKEN: given.sessionToken }),
  });
  // One attempt: what a fault does shows at once. Whoever tests retries overrides it.
  const settingsOf = (given: Credentials) => ({
    endpoint: url,
    region,
    credentials: given,
    maxAttempts: 1,
  });
  const administrator = { arn: `arn:aws:iam::${account}:user/administrator` };
  const administratorKey = credentials.issue(administrator);
  return {
    url,
    region,
    account,
    environment: environmentOf(administratorKey),
    clientSettings: settingsOf(administratorKey),
    issue: (principal, issueOptions) => credentials.issue(principal, issueOptions),
    environmentOf,
    settingsOf,
    script: handler.script,
    calls: handler.calls,
    violations: handler.violations,
    ...played,
    addFunction: (known) => lambda.add(known),
    async close() {
      lambda.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function backendServices({ dynamodb, s3, sqs }: Backends): AwsService[] {
  return [
    ...(dynamodb === undefined ? [] : [createDynamodb(dynamodb)]),
    ...(s3 === undefined ? [] : [createS3(s3)]),
    ...(sqs === undefined ? [] : [createSqs(sqs)]),
  ];
}

function byStatements(request: AccessRequest & { principal: Principal }): boolean {
  const { statements } = request.principal;
  return statements === undefined || isAllowed(statements, request);
}
