import { describe, expect, test } from 'vitest';
import {
  explainUsual,
  inItsWords,
  readRetryAfter,
  type Refusal,
} from '../../../../lib/runtime/json-service/refusals.ts';

const name = { title: 'Codegen', service: 'codegen' };
const now = Date.UTC(2026, 10, 23, 12);

function refusal(parts: Partial<Refusal>): Refusal {
  return { status: 400, body: {}, retryAt: null, secrets: [], ...parts };
}

describe('A refusal', () => {
  test.each([
    [429, {}, "Codegen's rate limit is reached (429)."],
    [500, {}, 'Codegen has failed (500).'],
    [503, undefined, 'Codegen has failed (503).'],
    [408, {}, 'Codegen has failed (408).'],
    [403, undefined, 'Codegen, or something before it, has answered 403 without a reason.'],
  ])('of status %i with %o may pass', (status, body, message) => {
    const error = explainUsual(name, refusal({ status, body }));
    expect(error).toMatchObject({ status, retryable: true, message, service: 'codegen' });
  });

  test.each([
    [400, {}],
    [404, { message: 'Agent run not found.' }],
    [401, undefined],
  ])('of status %i with %o depends on what was asked', (status, body) => {
    expect(explainUsual(name, refusal({ status, body }))).toBeUndefined();
  });

  test('says until when a limit lasts', () => {
    const error = explainUsual(name, refusal({ status: 429, retryAt: now + 30_000 }));
    expect(error?.message).toContain('It may be asked again at 2026-11-23 12:00:30 UTC.');
  });

  test('is quoted without secrets and control characters, and cut', () => {
    const words = inItsWords(`the token s3cret\nis \u001b[1mwrong ${'x'.repeat(500)}`, {
      ...refusal({}),
      secrets: ['s3cret'],
    });
    expect(words).toMatch(/^ It says: "the token … ⏎ is \ufffd\[1mwrong x+…"$/);
    expect(words.length).toBeLessThan(220);
    expect(inItsWords(null, refusal({}))).toBe('');
    expect(inItsWords(' ', refusal({}))).toBe('');
  });
});

describe('Retry-After', () => {
  test.each([
    ['30', now + 30_000],
    ['0', now],
    ['Mon, 23 Nov 2026 12:01:00 GMT', now + 60_000],
    ['soon', null],
    ['', null],
    ['-5', null],
    ['99999999999', null],
  ])('"%s" is read', (value, at) => {
    expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBe(at);
  });

  test('may be missing', () => {
    expect(readRetryAfter(new Headers(), now)).toBeNull();
  });
});
