import { ok, type Answers } from './answer.ts';
import { loginOf } from './callers.ts';
import { fromExample } from './description.ts';
import { remainingOf, type RateLimits } from './rate-limits.ts';
import { shapeUser } from './shapes.ts';

/** Who asks, and how much is left to ask. */
export function accountAnswers(limits: RateLimits): Answers {
  return {
    'users/get-authenticated': ({ caller }) => {
      return ok(fromExample('users/get-authenticated', shapeUser(loginOf(caller))));
    },
    'rate-limit/get': ({ caller }) => {
      const { limit, reset, used } = limits.quotaOf(caller);
      const core = { limit, used, remaining: remainingOf({ limit, used, reset }), reset };
      return ok({ resources: { core, search: { ...core, limit: 30 } }, rate: core });
    },
  };
}
