/** A live version of a secret: the one in use, and the one before it while a rotation goes on. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** What is asked of Secrets Manager while the system works. */
export interface SecretCalls {
  /**
   * @param name `autonomous-cicd-dev/linear-api-key`
   * @returns undefined where nobody has set it, or where it has no version of that stage
   * @throws UpstreamError which never tells what was answered
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
   */
  getSecretValue(name: string, stage: SecretStage): Promise<string | undefined>;
}

/** What is asked of Secrets Manager where the value of a secret is nobody's business. */
export interface SecretDescriptions {
  /**
   * @param name `autonomous-cicd-dev/linear-webhook-secret`
   * @returns false as well where there is no such secret, and for one that was unset
   * @throws UpstreamError which never tells what was answered
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
   */
  hasValue(name: string): Promise<boolean>;
}

/** An entry of a PutEvents request, in the words of the service. */
export interface EventEntry {
  Source: string;
  DetailType: string;
  /** JSON of an object. */
  Detail: string;
  /** Name of the bus. */
  EventBusName: string;
}

/** What became of an entry; `code` in the words of the service: `ThrottlingException`. */
export type EntryResult = { kind: 'kept' } | { kind: 'failed'; code: string };

/** What is asked of EventBridge while the system works. */
export interface EventCalls {
  /**
   * @param entries 1 to 10, together below 1 MB
   * @returns one result for each entry, in their order
   * @throws UpstreamError where none was kept, as far as anybody knows
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
   */
  putEvents(entries: readonly EventEntry[]): Promise<EntryResult[]>;
}

/** How long a call may take. */
export interface CallLimits {
  attempts: number;
  /** Milliseconds for each of them. */
  attemptMs: number;
  /** Milliseconds for all of them, with the pauses between them. */
  inAllMs: number;
}

/** A sender of webhooks waits 10 s for what can be three calls in a row: a secret, it once more, an event. */
export const callLimits: CallLimits = { attempts: 3, attemptMs: 1_500, inAllMs: 3_000 };
