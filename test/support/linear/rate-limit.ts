/** What one key or app may do within an hour. */
export interface RateLimits {
  /** Requests. */
  requestsPerHour: number;
  /** Points; see `complexity.ts`. */
  complexityPerHour: number;
}

/** As Linear grants them to an API key. */
export const usualLimits: RateLimits = { requestsPerHour: 2_500, complexityPerHour: 3_000_000 };

const hour = 3_600_000;

export interface BucketState {
  limit: number;
  remaining: number;
  /** When it will be empty again, milliseconds since 1970. */
  reset: number;
}

export interface RateLimiter {
  /** False: this request exceeds a limit, and none of it was counted. */
  take(complexity: number): boolean;
  requests(): BucketState;
  complexity(): BucketState;
  /** From now on, with nothing used yet. */
  setLimits(limits: Partial<RateLimits>): void;
}

/** Leaky buckets: what was used runs off evenly within an hour. */
export function createRateLimiter(now: () => number, limits: RateLimits): RateLimiter {
  let granted = limits;
  let requests = createBucket(now, limits.requestsPerHour);
  let complexity = createBucket(now, limits.complexityPerHour);
  return {
    take(points) {
      if (requests.state().remaining < 1 || complexity.state().remaining < points) return false;
      requests.add(1);
      complexity.add(points);
      return true;
    },
    requests: () => requests.state(),
    complexity: () => complexity.state(),
    setLimits(changed) {
      granted = { ...granted, ...changed };
      requests = createBucket(now, granted.requestsPerHour);
      complexity = createBucket(now, granted.complexityPerHour);
    },
  };
}

function createBucket(now: () => number, limit: number) {
  let level = 0;
  let measuredAt = now();
  const leak = () => {
    level = Math.max(0, level - ((now() - measuredAt) * limit) / hour);
    measuredAt = now();
  };
  return {
    add(amount: number): void {
      leak();
      level += amount;
    },
    state(): BucketState {
      leak();
      return {
        limit,
        remaining: Math.max(0, Math.floor(limit - level)),
        reset: Math.ceil(measuredAt + (level * hour) / Math.max(limit, 1)),
      };
    },
  };
}

/** What every answer tells of the limits. */
export function rateLimitHeaders(limiter: RateLimiter, complexity: number): Record<string, string> {
  return {
    ...bucketHeaders('requests', limiter.requests()),
    ...bucketHeaders('complexity', limiter.complexity()),
    'x-complexity': String(complexity),
  };
}

function bucketHeaders(name: string, state: BucketState): Record<string, string> {
  return {
    [`x-ratelimit-${name}-limit`]: String(state.limit),
    [`x-ratelimit-${name}-remaining`]: String(state.remaining),
    [`x-ratelimit-${name}-reset`]: String(state.reset),
  };
}
