import { describe, expect, test } from 'vitest';
import {
  agentRunAnswerSchema,
  timeOf,
  viewOf,
} from '../../../../lib/adapters/codegen/agent-run-answer.ts';

const smallest = { id: 7 };

describe('What Codegen tells of an agent run', () => {
  test('may be next to nothing', () => {
    expect(viewOf(agentRunAnswerSchema.parse(smallest))).toEqual({
      providerId: '7',
      state: 'running',
      status: 'unknown',
      text: null,
      url: null,
      pullRequests: [],
      createdAt: null,
      endedAt: null,
      problem: null,
    });
  });

  test('may hold what is not known yet, and null where something was expected', () => {
    const answer = {
      ...smallest,
      status: 'completed',
      result: null,
      summary: 'Nothing to do.',
      web_url: 'https://codegen.com/agent/trace/7',
      created_at: '2026-11-23T03:00:00.123456',
      github_pull_requests: null,
      metadata: 'x',
      cost: { cents: 12 },
    };
    expect(viewOf(agentRunAnswerSchema.parse(answer))).toMatchObject({
      state: 'succeeded',
      status: 'completed',
      text: 'Nothing to do.',
      url: 'https://codegen.com/agent/trace/7',
      createdAt: '2026-11-23T03:00:00.123Z',
      pullRequests: [],
    });
  });

  test('has titles of one line', () => {
    const pullRequest = {
      url: 'https://github.com/a/b/pull/1',
      title: 'x\n\u202ey',
      created_at: '',
    };
    const view = viewOf(
      agentRunAnswerSchema.parse({ ...smallest, github_pull_requests: [pullRequest] }),
    );
    expect(view.pullRequests).toEqual([
      { url: pullRequest.url, title: 'x ⏎ \ufffdy', branch: null },
    ]);
  });

  test.each([
    ['2026-11-23T03:00:00', '2026-11-23T03:00:00.000Z'],
    ['2026-11-23 03:00:00', '2026-11-23T03:00:00.000Z'],
    ['2026-11-23T03:00:00Z', '2026-11-23T03:00:00.000Z'],
    ['2026-11-23T03:00:00+01:00', '2026-11-23T02:00:00.000Z'],
    ['yesterday', null],
    [null, null],
  ])('is of UTC where no zone is named: %s', (text, time) => {
    expect(timeOf(text)).toBe(time);
  });
});
