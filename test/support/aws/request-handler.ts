import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticated, CredentialBook, Principal } from './credentials.ts';
import { createFaults, type FaultAct, type FaultScript } from './faults.ts';
import { readRequest, sendAnswer } from './http-message.ts';
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

/** A request of which it is known who asks for what. */
interface Understood {
  request: WireRequest;
  principal: Principal;
  service: AwsService;
  decoded: DecodedRequest;
  /** ARNs that a policy has to allow. */
  resources: readonly string[];
  call: Call;
}

/** Takes a request through what AWS does with every one: who, what, may they, do it, answer. */
export class RequestHandler {
  readonly calls: SeenCall[] = [];
  readonly violations: string[] = [];
  readonly #parts: RequestHandlerParts;
  readonly #services: ReadonlyMap<string, AwsService>;
  readonly #faults = createFaults();

  constructor(parts: RequestHandlerParts) {
    this.#parts = parts;
    this.#services = new Map(parts.services.map((service) => [service.name, service]));
  }

  script(fault: FaultScript): void {
    this.#faults.add(fault);
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const request = await readRequest(incoming);
    try {
      const understood = await this.#understand(request, requestId);
      this.#note(understood);
      this.#authorise(understood);
      await this.#answer(understood, response);
    } catch (error) {
      // Whoever cannot be told apart is answered as the service would that they speak to.
      const wire = this.#services.get(claimedService(request))?.wire ?? plainWire;
      sendAnswer(response, wire.encodeError(this.#toAwsError(error), requestId), false);
    }
  }

  async #understand(request: WireRequest, requestId: string): Promise<Understood> {
    const authenticated = await this.#parts.credentials.authenticate(request);
    const { principal, service: name, region } = authenticated;
    const service = this.#services.get(name);
    const decoded = await service?.wire.decode(request);
    if (service === undefined || decoded === undefined) throw this.#notPlayed(authenticated);
    if (decoded.problems.length > 0) {
      const at = `${name}.${decoded.operation}`;
      this.violations.push(...decoded.problems.map((problem) => `${at} ${problem}`));
      throw new AwsError('SerializationException', decoded.problems.join('; '));
    }
    const { account } = this.#parts;
    const call = { region, account, principal: principal.arn, requestId, partial: false };
    const resources = service.resources?.(decoded.operation, decoded.input, call) ?? ['*'];
    return { request, principal, service, decoded, resources, call };
  }

  #note({ decoded, principal, resources, service }: Understood): void {
    this.calls.push({
      service: service.name,
      operation: decoded.operation,
      principal: principal.arn,
      resources,
      input: decoded.input,
      at: Date.now(),
    });
  }

  #authorise({ decoded, principal, resources, service }: Understood): void {
    const { operation, input } = decoded;
    const action = service.action?.(operation) ?? `${service.name}:${operation}`;
    const context = service.context?.(operation, input) ?? {};
    const refused = resources.find(
      (resource) => !this.#parts.authorise({ principal, action, resource, context }),
    );
    if (refused !== undefined) throw accessDenied(principal, action, refused);
  }

  async #answer(understood: Understood, response: ServerResponse): Promise<void> {
    const { decoded, service } = understood;
    const fault = this.#faults.take({ service: service.name, ...decoded });
    if (fault === 'hang') return;
    if (fault === 'reset') return void response.socket?.resetAndDestroy();
    throwFault(service, fault);
    const answer = await this.#carryOut(understood, fault === 'partial');
    sendAnswer(response, answer, fault === 'cut');
  }

  async #carryOut(understood: Understood, partial: boolean): Promise<WireAnswer> {
    const { call, decoded, request, service } = understood;
    if (service.forward !== undefined) return service.forward(request);
    const operation = service.operations?.[decoded.operation];
    if (operation === undefined) {
      throw this.#notPlayed({ service: service.name, operation: decoded.operation });
    }
    const output = (await operation(decoded.input, { ...call, partial })) ?? {};
    return service.wire.encode(decoded.operation, output, call.requestId);
  }

  #notPlayed(what: Pick<Authenticated, 'service'> & { operation?: string }): AwsError {
    const message = `${what.service}:${what.operation ?? '?'} is not played here`;
    this.violations.push(message);
    return new AwsError('UnknownOperationException', message);
  }

  /** A mistake of this server: the client may try again, but the test will fail. */
  #toAwsError(error: unknown): AwsError {
    if (error instanceof AwsError) return error;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.violations.push(text);
    return new AwsError('InternalFailure', text);
  }
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
