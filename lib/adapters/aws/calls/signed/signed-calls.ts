import { resultsIn, secretIn } from '../answers.ts';
import { callLimits, type CallLimits, type EventCalls, type SecretCalls } from '../calls.ts';
import { isNotSet, putEvents, readSecret, refused } from '../failures.ts';
import { createConnections } from './connections.ts';
import type { Environment } from './environment.ts';
import { createCallSender } from './send-call.ts';
import { addressOf, type ServiceName } from './service-address.ts';

export interface SignedCalls extends SecretCalls, EventCalls {
  /** Begins the connection to a service, for the first call to find. */
  prepare(service: ServiceName): void;
}

/**
 * The two calls of the webhook functions, which start while a sender waits: the SDK's own signer, and no
 * more of the SDK. For figures see lib/decisions/0010-webhook-functions-client.md.
 * @param options.environment that Lambda gives to a function: credentials of its role and the region
 * @param options.limits default: `callLimits`
 */
export function createSignedCalls(options: {
  environment: Environment;
  limits?: CallLimits;
}): SignedCalls {
  const { environment, limits = callLimits } = options;
  const connections = createConnections();
  const send = createCallSender({ connections, environment, limits });
  return {
    prepare: (service) => connections.prepare(addressOf(service, environment)),

    async getSecretValue(name, stage) {
      const call = readSecret(name);
      const reply = await send({
        name: call,
        target: 'secretsmanager.GetSecretValue',
        input: { SecretId: name, VersionStage: stage },
      });
      if (reply.kind === 'done') return secretIn(reply.output, call);
      if (isNotSet(reply.refusal.code)) return undefined;
      throw refused(call, reply.refusal);
    },

    async putEvents(entries) {
      const reply = await send({
        name: putEvents,
        target: 'AWSEvents.PutEvents',
        input: { Entries: entries },
      });
      if (reply.kind === 'done') return resultsIn(reply.output, entries.length, putEvents);
      throw refused(putEvents, reply.refusal);
    },
  };
}
