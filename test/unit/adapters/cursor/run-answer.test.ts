import { describe, expect, test } from 'vitest';
import { runAnswerSchema, viewOf } from '../../../../lib/adapters/cursor/run-answer.ts';

const smallest = { id: 'run-1', agentId: 'bc-1' };

describe('What Cursor tells of a run', () => {
  test('may be next to nothing', () => {
    expect(viewOf(runAnswerSchema.parse(smallest), null)).toEqual({
      providerId: 'bc-1/run-1',
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

  test.each([
    ['CREATING', 'queued', null],
    ['RUNNING', 'running', null],
    ['FINISHED', 'succeeded', null],
    ['finished', 'succeeded', null],
    ['ERROR', 'failed', 'The agent at Cursor has failed.'],
    ['CANCELLED', 'cancelled', 'The agent was stopped at Cursor.'],
    ['EXPIRED', 'timed-out', 'Cursor has given the agent up.'],
    ['PONDERING', 'running', null],
  ])('as %s', (status, state, problem) => {
    const view = viewOf(runAnswerSchema.parse({ ...smallest, status }), null);
    expect(view).toMatchObject({ state, problem });
  });

  test.each([
    ['its duration', { durationMs: 40_500 }, '2026-11-23T03:00:40.500Z'],
    ['its last change where nothing else is told', {}, '2026-11-23T03:02:00.000Z'],
    ['its last change where the duration is none', { durationMs: -1 }, '2026-11-23T03:02:00.000Z'],
    ['nothing while it works', { status: 'RUNNING', durationMs: 40_500 }, null],
    ['nothing that is no time', { updatedAt: 'soon' }, null],
  ])('ends by %s', (_by, told, endedAt) => {
    const run = {
      ...smallest,
      status: 'FINISHED',
      createdAt: '2026-11-23T03:00:00Z',
      updatedAt: '2026-11-23T03:02:00Z',
      ...told,
    };
    expect(viewOf(runAnswerSchema.parse(run), null).endedAt).toBe(endedAt);
  });

  test('names pull requests of the branches that have one', () => {
    const branches = [
      { repoUrl: 'https://github.com/acme/shop', branch: 'cursor/a', prUrl: 'javascript:x' },
      { repoUrl: 'https://github.com/acme/shop', branch: 'cursor/b' },
      { repoUrl: 'https://github.com/acme/shop', prUrl: 'https://github.com/acme/shop/pull/5' },
    ];
    const view = viewOf(runAnswerSchema.parse({ ...smallest, git: { branches } }), null);
    expect(view.pullRequests).toEqual([
      { url: 'https://github.com/acme/shop/pull/5', title: null, branch: null },
    ]);
  });

  test.each(['../v1/me', 'a/b', '', 'x'.repeat(201)])('is refused with an id like "%s"', (id) => {
    expect(runAnswerSchema.safeParse({ ...smallest, id }).success).toBe(false);
  });
});
