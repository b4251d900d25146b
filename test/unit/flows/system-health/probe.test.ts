import { describe, expect, test } from 'vitest';
import { readWithin } from '../../../../lib/flows/system-health/probe.ts';

describe('readWithin', () => {
  test('gives what was measured', async () => {
    expect(await readWithin(1_000, async () => ({ value: 0.5, detail: '2 cores' }))).toEqual({
      kind: 'read',
      value: 0.5,
      detail: '2 cores',
    });
  });

  test('gives the reason of a failure', async () => {
    const reading = await readWithin(1_000, () => Promise.reject(new Error('no such folder')));
    expect(reading).toEqual({ kind: 'unreadable', reason: 'no such folder' });
  });

  test('does not wait for what never answers', async () => {
    expect(await readWithin(20, () => new Promise(() => {}))).toEqual({
      kind: 'unreadable',
      reason: 'no answer within 0.02 s',
    });
  });
});
