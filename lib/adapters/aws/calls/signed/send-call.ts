import { backoffMs, pause } from '../backoff.ts';
import type { CallLimits } from '../calls.ts';
import { isPassing, unanswered, type CallName } from '../failures.ts';
import type { Connections } from './connections.ts';
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

/** What was answered, or why nothing was; and when it is worth another attempt. */
type Attempt = ({ reply: Reply } | { reason: string }) & { again: 'at once' | 'later' | 'never' };

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

  const attempt = async (call: JsonCall, timeoutMs: number): Promise<Attempt> => {
    const { service } = call.name;
    const address = addressOf(service, environment);
    const body = JSON.stringify(call.input);
    const unsigned = { service, address, target: call.target, body };
    const headers = await signedHeaders(unsigned, environment, clock.now());
    const answer = await connections.post(address, { headers, body, timeoutMs });
    if (answer.kind === 'unanswered') {
      return { reason: answer.reason, again: answer.wasReused ? 'at once' : 'later' };
    }
    const reply = judgeAnswer(answer);
    if (reply === undefined) return { reason: 'has answered nothing readable', again: 'later' };
    if (reply.kind === 'done') return { reply, again: 'never' };
    if (clock.correctBy(answer, reply.refusal)) return { reply, again: 'at once' };
    return { reply, again: isPassing(reply.refusal) ? 'later' : 'never' };
  };

  return async (call) => {
    const deadline = performance.now() + limits.inAllMs;
    for (let made = 1; ; made += 1) {
      const leftMs = deadline - performance.now();
      const outcome = await attempt(call, Math.min(leftMs, limits.attemptMs));
      const pauseMs = outcome.again === 'at once' ? 0 : backoffMs(made);
      const isOver = made === limits.attempts || performance.now() + pauseMs >= deadline;
      if (!isOver && outcome.again !== 'never') await pause(pauseMs);
      else if ('reply' in outcome) return outcome.reply;
      else throw unanswered(call.name, outcome.reason);
    }
  };
}
