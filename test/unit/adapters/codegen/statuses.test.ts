import { describe, expect, test } from 'vitest';
import { isFinalAgentRunState } from '../../../../lib/domain/agents/agent-run.ts';
import { problemOfStatus, stateOfStatus } from '../../../../lib/adapters/codegen/statuses.ts';

describe('A status of Codegen', () => {
  test.each([
    ['PENDING', 'queued'],
    ['ACTIVE', 'running'],
    ['running', 'running'],
    ['EVALUATION', 'running'],
    ['PAUSED', 'waiting'],
    ['COMPLETE', 'succeeded'],
    ['completed', 'succeeded'],
    ['ERROR', 'failed'],
    ['failed', 'failed'],
    ['MAX_ITERATIONS_REACHED', 'failed'],
    ['max iterations reached', 'failed'],
    ['OUT_OF_TOKENS', 'failed'],
    ['CANCELLED', 'cancelled'],
    ['STOPPED', 'cancelled'],
    ['TIMEOUT', 'timed-out'],
    [' Timed-Out ', 'timed-out'],
  ])('%s means %s', (status, state) => {
    expect(stateOfStatus(status)).toBe(state);
  });

  test.each(['PONDERING', '', 'constructor', 'DONE?'])(
    'never seen before is no end: %s',
    (status) => {
      expect(isFinalAgentRunState(stateOfStatus(status))).toBe(false);
      expect(problemOfStatus(status)).toBeNull();
    },
  );

  test.each([
    ['OUT_OF_TOKENS', 'The agent has used up its tokens.'],
    ['failed', 'At Codegen it has ended as "failed".'],
    ['COMPLETE', null],
    ['ACTIVE', null],
  ])('%s is a problem or none', (status, problem) => {
    expect(problemOfStatus(status)).toBe(problem);
  });
});
