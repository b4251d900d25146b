import { expect, test } from 'vitest';
import {
  findUnheard,
  type StandingSession,
} from '../../../../../lib/domain/agents/session/unheard.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

function session(overrides: Partial<StandingSession> = {}): StandingSession {
  const usual = { id: 'session-1', status: 'pending', isByPerson: true, createdAt: ago(600) };
  return { ...usual, prompts: [], ...overrides };
}

const said = { id: 'activity-1', isByPerson: true, createdAt: ago(300) };

test('a session that nobody was told of was not heard of', () => {
  expect(findUnheard(session(), [], now)).toEqual({ activity: null });
});

test('of what was said the last counts', () => {
  const prompts = [{ ...said, id: 'activity-0' }, said];
  expect(findUnheard(session({ prompts }), [], now)).toEqual({ activity: 'activity-1' });
  const heard = [{ turn: 'activity-1' }];
  expect(findUnheard(session({ prompts }), heard, now)).toBeUndefined();
  expect(findUnheard(session({ prompts }), [{ turn: 'activity-0' }], now)).toBeDefined();
});

test('what a webhook may still tell is waited for', () => {
  expect(findUnheard(session({ createdAt: ago(119) }), [], now)).toBeUndefined();
  expect(findUnheard(session({ createdAt: ago(121) }), [], now)).toBeDefined();
});

test('what was heard of is not told again', () => {
  expect(findUnheard(session(), [{ turn: 'created' }], now)).toBeUndefined();
});

test.each(['complete', 'error'])('a session that is %s was answered by somebody else', (status) => {
  expect(findUnheard(session({ status }), [], now)).toBeUndefined();
  // We are the ones who answer in it.
  const prompts = [said];
  expect(findUnheard(session({ status, prompts }), [{ turn: 'created' }], now)).toBeDefined();
});

test('what automations and other apps say asks for nothing', () => {
  expect(findUnheard(session({ isByPerson: false }), [], now)).toBeUndefined();
  const prompts = [{ ...said, isByPerson: false }];
  const heard = [{ turn: 'created' }];
  expect(findUnheard(session({ prompts }), heard, now)).toBeUndefined();
});
