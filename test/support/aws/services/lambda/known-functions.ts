import { AwsError } from '../../wire/aws-error.ts';

/** How an invocation ended; anything but `ok` counts as failed. */
export interface InvocationOutcome {
  status: string;
  /** What the function returned, or `{ errorType, errorMessage }`. */
  payload: unknown;
}

/** A deployed function. */
export interface KnownFunction {
  name: string;
  /** Alias → version. Default: `live` → `1`. */
  aliases?: Readonly<Record<string, string>>;
  /** Seconds that an execution may take: makes the function durable. */
  executionTimeoutSeconds?: number;
  /** Environment variables, as ListVersionsByFunction tells them. */
  environment?: Readonly<Record<string, string>>;
  /** Runs the function once. */
  invoke(payload: unknown): Promise<InvocationOutcome>;
  /** Takes an asynchronous invocation of a function that is not durable. Default: it is run once. */
  enqueue?(payload: unknown): void;
}

export interface ResolvedFunction {
  known: KnownFunction;
  /** Undefined where none was given. */
  qualifier: string | undefined;
  /** As it executes: an alias leads to its version. */
  version: string;
}

const defaultAliases = { live: '1' };

export type KnownFunctions = ReturnType<typeof createKnownFunctions>;

export function createKnownFunctions() {
  const functions = new Map<string, KnownFunction>();
  return {
    add: (known: KnownFunction) => void functions.set(known.name, known),
    /** @throws AwsError for a function, alias or version that does not exist */
    resolve(reference: FunctionReference): ResolvedFunction {
      const { name, qualifier } = parseReference(reference);
      const known = functions.get(name);
      const version = known && versionOf(known, qualifier);
      if (known !== undefined && version !== undefined) return { known, qualifier, version };
      const at = qualifier === undefined ? '' : `:${qualifier}`;
      throw new AwsError('ResourceNotFoundException', `Function not found: ${name}${at}`);
    },
    versions: ({ aliases = defaultAliases }: KnownFunction): string[] => [
      ...new Set(['$LATEST', ...Object.values(aliases)]),
    ],
  };
}

export interface FunctionReference {
  /** A name or an ARN, with or without `:qualifier`. */
  FunctionName?: string | undefined;
  Qualifier?: string | undefined;
}

/** Name and qualifier, wherever the latter was given. */
export function parseReference({ FunctionName = '', Qualifier }: FunctionReference) {
  const parts = FunctionName.split(':');
  const [name = '', ofName] = parts[0] === 'arn' ? parts.slice(6) : parts;
  return { name, qualifier: Qualifier ?? ofName };
}

function versionOf(
  { aliases = defaultAliases }: KnownFunction,
  qualifier: string | undefined,
): string | undefined {
  if (qualifier === undefined || qualifier === '$LATEST') return '$LATEST';
  return aliases[qualifier] ?? Object.values(aliases).find((version) => version === qualifier);
}
