import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { CredentialBook, Principal } from './credentials.ts';
import { createFaults, type FaultAct, type FaultScript } from './faults.ts';
import type { AccessRequest } from './iam.ts';
import type { AwsService, Call } from './service.ts';
import { AwsError } from './wire/aws-error.ts';
import type { DecodedRequest, WireAnswer, WireRequest } from './wire/wire.ts';

export interface SeenCall {
  service: string;
  operation: string;
  /** ARN. */
  principal: string;
  /** ARNs that a policy has to allow. */
  resources: readonly string[];
  input: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  at: number;
}

export interface RequestHandlerParts {
  account: string;
  credentials: CredentialBook;
  services: readonly AwsService[];
  authorise: (request: AccessRequest & { principal: Principal }) => boolean;
}

interface SeenRequest {
  service: AwsService;
  decoded: DecodedRequest;
  principal: Principal;
  call: Call;
}

/** Takes a request through what AWS does with every one: who, what, may they, do it, answer. */
export function createRequestHandler(parts: RequestHandlerParts) {
  const services = new Map(parts.services.map((service) => [service.name, service]));
  const faults = createFaults();
  const calls: SeenCall[] = [];
  const violations: string[] = [];

  async function handle(request: WireRequest, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    // Whoever cannot be told apart is answered as the service would that it speaks to.
    const claimed = services.get(claimedService(request));
    try {
      const { principal, service: name, region } = await parts.credentials.authenticate(request);
      const service = services.get(name);
      const decoded = await service?.wire.decode(request);
      if (service === undefined || decoded === undefined) {
        throw unknownOperation(`${name}: ${request.method} ${request.path} is not played here`);
      }
      const call = { region, account: parts.account, principal: principal.arn, requestId };
      see({ service, decoded, principal, call: { ...call, partial: false } });
      const { operation, input } = decoded;
      const fault = faults.take({ service: name, operation, input });
      if (fault === 'hang') return;
      if (fault === 'reset') return void response.socket?.resetAndDestroy();
      throwFault(service, fault);
      const run = { ...call, partial: fault === 'partial' };
      send(response, await carryOut(service, { request, decoded, call: run }), fault === 'cut');
    } catch (error) {
      const problem = toAwsError(error);
      send(response, (claimed?.wire ?? plainWire).encodeError(problem, requestId), false);
    }
  }

  /** Notes the request and refuses it where it may not be. */
  function see({ service, decoded, principal, call }: SeenRequest): void {
    const { operation, input, problems } = decoded;
    if (problems.length > 0) {
      violations.push(...problems.map((problem) => `${service.name}.${operation} ${problem}`));
      throw new AwsError('SerializationException', problems.join('; '));
    }
    const action = service.action?.(operation) ?? `${service.name}:${operation}`;
    const resources = service.resources?.(operation, input, call) ?? ['*'];
    const context = service.context?.(operation, input) ?? {};
    calls.push({
      service: service.name,
      operation,
      principal: principal.arn,
      resources,
      input,
      at: Date.now(),
    });
    const refused = resources.find(
      (resource) => !parts.authorise({ principal, action, resource, context }),
    );
    if (refused !== undefined) throw accessDenied(principal, action, refused);
  }

  async function carryOut(
    service: AwsService,
    { request, decoded, call }: { request: WireRequest; decoded: DecodedRequest; call: Call },
  ): Promise<WireAnswer> {
    if (service.forward !== undefined) return service.forward(request);
    const operation = service.operations?.[decoded.operation];
    if (operation === undefined) {
      throw unknownOperation(`${service.name}:${decoded.operation} is not played here`);
    }
    const output = (await operation(decoded.input, call)) ?? {};
    return service.wire.encode(decoded.operation, output, call.requestId);
  }

  function unknownOperation(message: string): AwsError {
    violations.push(message);
    return new AwsError('UnknownOperationException', message);
  }

  return {
    calls,
    violations,
    script: (fault: FaultScript) => faults.add(fault),
    listen(incoming: IncomingMessage, response: ServerResponse): void {
      readRequest(incoming)
        .then((request) => handle(request, response))
        .catch(() => response.socket?.destroy());
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: await buffer(incoming),
  };
}

function claimedService({ headers }: WireRequest): string {
  return /\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** For whom no service is known. */
const plainWire = {
  encodeError: (error: AwsError, requestId: string): WireAnswer => ({
    status: 400,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: error.type, message: error.message }),
  }),
};

function throwFault(service: AwsService, fault: FaultAct | undefined): void {
  if (fault === 'throttle') {
    throw new AwsError(service.throttling ?? 'ThrottlingException', 'Rate exceeded');
  }
  if (fault === 'error500') throw new AwsError('InternalFailure', 'An internal error occurred');
}

function accessDenied({ arn }: Principal, action: string, resource: string): AwsError {
  const message =
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`;
  return new AwsError('AccessDeniedException', message);
}

/** A mistake of this server shows as the server's: the client may try again, the test will fail. */
function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', text);
}

function send(response: ServerResponse, answer: WireAnswer, cut: boolean): void {
  const body = Buffer.from(answer.body);
  // A server behind this one may have said the length: to HEAD it has no body.
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers });
  if (!cut) return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}
