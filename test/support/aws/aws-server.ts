import { createServer } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { clientAccess, type ClientAccess, type ClientSettings } from './client-access.ts';
import { createCredentialBook, type CredentialBook, type Principal } from './credentials.ts';
import type { FaultScript } from './faults.ts';
import { isAllowed, type AccessRequest } from './iam.ts';
import { RequestHandler, type SeenCall } from './request-handler.ts';
import { createServices, type Backends, type PlayedServices } from './services/all-services.ts';
import type { OnMatch } from './services/events/event-bridge.ts';
import type { KnownFunction } from './services/lambda/known-functions.ts';

export interface AwsServerOptions {
  /** Of 127.0.0.1. Default: any free one. */
  port?: number;
  /** Default: `eu-west-1`. */
  region?: string;
  /** Default: `123456789012`. */
  account?: string;
  /** Decides on every request. Default: the statements of the principal, all where it has none. */
  authorise?: (request: AccessRequest & { principal: Principal }) => boolean;
  /** Where DynamoDB, S3 and SQS are really kept. Default: they are not played. */
  backends?: Backends;
  /** Delivers events to targets of rules. Default: nobody is told. */
  onMatch?: OnMatch;
}

export interface AwsServer
  extends ClientAccess, Pick<CredentialBook, 'issue'>, Omit<PlayedServices, 'lambda'> {
  /** `http://127.0.0.1:PORT` */
  url: string;
  region: string;
  account: string;
  /** `environmentOf` an administrator. */
  environment: Record<string, string>;
  /** `settingsOf` an administrator. */
  clientSettings: ClientSettings;
  /** Lets requests fail that come later. */
  script(fault: FaultScript): void;
  /** Requests that were understood, oldest first. */
  calls: readonly SeenCall[];
  /**
   * What a test has to find empty: requests that the schemas of the SDK do not allow, operations that are not
   * played here, and mistakes of this server.
   */
  violations: readonly string[];
  /** Deploys a function. */
  addFunction(known: KnownFunction): void;
  close(): Promise<void>;
}

/** Stands in for AWS: unmodified SDK clients reach it by `AWS_ENDPOINT_URL`. To be closed by the caller. */
export async function startAwsServer(options: AwsServerOptions = {}): Promise<AwsServer> {
  const {
    region = 'eu-west-1',
    account = '123456789012',
    authorise = byStatements,
    backends = {},
    onMatch = () => {},
  } = options;
  const credentials = createCredentialBook();
  const { all, played } = createServices({ region, account, backends, onMatch });
  const { lambda, ...visible } = played;
  const handler = new RequestHandler({ account, authorise, credentials, services: all });
  const underWay = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const work = handler
      .handle(request, response)
      .catch(() => response.socket?.destroy())
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server, options.port)}`;
  const access = clientAccess(url, region);
  const administrator = credentials.issue({ arn: `arn:aws:iam::${account}:user/administrator` });
  return {
    ...access,
    ...visible,
    url,
    region,
    account,
    environment: access.environmentOf(administrator),
    clientSettings: access.settingsOf(administrator),
    issue: (principal, issueOptions) => credentials.issue(principal, issueOptions),
    script: (fault) => handler.script(fault),
    calls: handler.calls,
    violations: handler.violations,
    addFunction: (known) => lambda.add(known),
    async close() {
      lambda.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // What was passed on is over then, so that the server behind may be closed as well.
      await Promise.all(underWay);
    },
  };
}

function byStatements(request: AccessRequest & { principal: Principal }): boolean {
  const { statements } = request.principal;
  return statements === undefined || isAllowed(statements, request);
}
