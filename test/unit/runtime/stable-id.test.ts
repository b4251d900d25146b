import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableId } from '../../../lib/runtime/stable-id.ts';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('is a UUID of version 4, the same for the same parts', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 5 }), (parts) => {
      expect(stableId(...parts)).toMatch(uuidV4);
      expect(stableId(...parts)).toBe(stableId(...parts));
    }),
  );
});

test('tells parts apart that read the same when joined', () => {
  expect(stableId('ab', 'c')).not.toBe(stableId('a', 'bc'));
});
