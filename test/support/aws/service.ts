import type { RequestContext } from './iam-conditions.ts';
import type { Wire, WireAnswer, WireRequest } from './wire/wire.ts';

/** What an operation knows of the request besides its input. */
export interface Call {
  region: string;
  account: string;
  /** ARN of who asks. */
  principal: string;
  requestId: string;
  /** A script wants some of the entries of this request to fail. */
  partial: boolean;
}

/**
 * An operation in process: decoded input → output, each in the SDK's own types. Taken from a method, whose
 * parameters TypeScript compares both ways: the wire has made sure that the input is what the operation takes.
 */
export type Operation = {
  run(input: object, call: Call): object | undefined | Promise<object | undefined>;
}['run'];

export interface AwsService {
  /** As in the scope of a signature, and before the colon of an action: `secretsmanager`. */
  readonly name: string;
  readonly wire: Wire;
  /** Type of the error for too many requests. */
  readonly throttling?: string;
  /** Of the operations that are named otherwise in a policy. Default: the operation. */
  action?(operation: string): string;
  /** ARNs that a policy has to allow. Default: `*`. */
  resources?(operation: string, input: object, call: Call): readonly string[];
  /** Condition keys of the request. Default: none. */
  context?(operation: string, input: object): RequestContext;
  /** What the service does in this process… */
  readonly operations?: Readonly<Record<string, Operation>>;
  /** …or another server that does it. */
  forward?(request: WireRequest): Promise<WireAnswer>;
}
