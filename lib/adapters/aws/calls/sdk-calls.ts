import {
  EventBridgeServiceException,
  PutEventsCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerServiceException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { UpstreamError } from '../../../domain/errors.ts';
import { cleanText } from '../../../domain/json-fields.ts';
import { unsetLabel } from '../secrets/unset-label.ts';
import { resultsIn, secretIn } from './answers.ts';
import {
  callLimits,
  type CallLimits,
  type EventCalls,
  type SecretCalls,
  type SecretDescriptions,
  type SecretStage,
} from './calls.ts';
import {
  describeSecret,
  isNotSet,
  putEvents,
  readSecret,
  refused,
  unanswered,
  type CallName,
} from './failures.ts';

/**
 * Calls by the clients of the SDK, which try again by themselves, as often as they are made to.
 * @param options.limits how long they may take, whatever limits the clients have; default: `callLimits`
 */
export function createSdkCalls(options: {
  secretsManager: SecretsManagerClient;
  eventBridge: EventBridgeClient;
  limits?: CallLimits;
}): SecretCalls & SecretDescriptions & EventCalls {
  const { eventBridge, limits = callLimits, secretsManager } = options;
  return {
    async getSecretValue(name, stage) {
      const command = new GetSecretValueCommand({ SecretId: name, VersionStage: stage });
      const call = readSecret(name);
      try {
        return secretIn(await secretsManager.send(command, patienceOf(limits)), call);
      } catch (error) {
        if (error instanceof SecretsManagerServiceException && isNotSet(error.name))
          return undefined;
        throw failureOf(call, error);
      }
    },

    async hasValue(name) {
      const command = new DescribeSecretCommand({ SecretId: name });
      try {
        const answer = await secretsManager.send(command, patienceOf(limits));
        return Object.values(answer.VersionIdsToStages ?? {}).some(isValueInUse);
      } catch (error) {
        if (error instanceof SecretsManagerServiceException && isNotSet(error.name)) return false;
        throw failureOf(describeSecret(name), error);
      }
    },

    async putEvents(entries) {
      const command = new PutEventsCommand({ Entries: [...entries] });
      try {
        const answer = await eventBridge.send(command, patienceOf(limits));
        return resultsIn(answer, entries.length, putEvents);
      } catch (error) {
        throw failureOf(putEvents, error);
      }
    },
  };
}

/** @param labels of one version: a value that is set later leaves `unsetLabel` at the version before */
function isValueInUse(labels: readonly string[]): boolean {
  return labels.includes('AWSCURRENT' satisfies SecretStage) && !labels.includes(unsetLabel);
}

function patienceOf(limits: CallLimits): { abortSignal: AbortSignal; requestTimeout: number } {
  return { abortSignal: AbortSignal.timeout(limits.inAllMs), requestTimeout: limits.attemptMs };
}

function failureOf(call: CallName, error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (
    error instanceof SecretsManagerServiceException ||
    error instanceof EventBridgeServiceException
  ) {
    const { httpStatusCode: status = 0 } = error.$metadata;
    return refused(call, { code: cleanText(error.name), status });
  }
  return unanswered(call, 'has given no answer that can be read');
}
