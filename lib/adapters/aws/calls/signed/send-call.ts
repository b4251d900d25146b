import { backoffMs, pause } from '../backoff.ts';
import type { CallLimits } from '../calls.ts';
import { isPassing, unanswered, type CallName } from '../failures.ts';
import type { Connections, Unanswered } from './connections.ts';
import type { Environment } from './environment.ts';
import { judgeAnswer, type Reply } from './judge-answer.ts';
import { addressOf } from './service-address.ts';
import { signedHeaders } from './sign-request.ts';
import { createSigningClock } from './signing-clock.ts';

export interface JsonCall {
  name: CallName;
  /** `secretsmanager.GetSecretValue` */
  target: string;
  input: unknown;
}

/**
 * Sends calls to services that speak AWS's JSON 1.1, and sends them again where that may help: those made
 * here may be carried out twice.
 * @returns a function that throws UpstreamError where no answer was to be had
 */
export function createCallSender(options: {
  connections: Connections;
  environment: Environment;
  limits: CallLimits;
}): (call: JsonCall) => Promise<Reply> {
  const { connections, environment, limits } = options;
  const clock = createSigningClock();

  /** @returns with `atOnce` where there is a reason to try again without a pause */
  const attempt = async ({ input, name, target }: JsonCall, timeoutMs: number) => {
    const { service } = name;
    const address = addressOf(service, environment);
    const body = JSON.stringify(input);
    const unsigned = { service, address, target, body };
    const headers = await signedHeaders(unsigned, environment, clock.now());
    const answer = await connections.post(address, { headers, body, timeoutMs });
    if (answer.kind === 'unanswered') return { outcome: answer, atOnce: answer.wasReused };
    const outcome = judgeAnswer(answer);
    const atOnce = outcome.kind === 'refused' && clock.correctBy(answer, outcome.refusal);
    return { outcome, atOnce };
  };

  return async (call) => {
    const deadline = performance.now() + limits.inAllMs;
    for (let made = 1; ; made += 1) {
      const leftMs = deadline - performance.now();
      const { atOnce, outcome } = await attempt(call, Math.min(leftMs, limits.attemptMs));
      const pauseMs = atOnce ? 0 : backoffMs(made);
      const isOver = made === limits.attempts || performance.now() + pauseMs >= deadline;
      if (isOver || !(atOnce || mayPass(outcome))) return replyIn(outcome, call.name);
      await pause(pauseMs);
    }
  };
}

function mayPass(outcome: Reply | Unanswered): boolean {
  if (outcome.kind === 'refused') return isPassing(outcome.refusal);
  return outcome.kind === 'unanswered';
}

function replyIn(outcome: Reply | Unanswered, name: CallName): Reply {
  if (outcome.kind === 'unanswered') throw unanswered(name, outcome.reason);
  return outcome;
}
