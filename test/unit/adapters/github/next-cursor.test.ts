import { describe, expect, it } from 'vitest';
import { nextCursor } from '../../../../lib/adapters/github/requests/next-cursor.ts';

const list = 'https://api.github.com/app/hook/deliveries?per_page=100';

describe('nextCursor', () => {
  it('finds the cursor of the next page', () => {
    expect(nextCursor(`<${list}&cursor=v1_3804004623172239366>; rel="next"`)).toBe(
      'v1_3804004623172239366',
    );
  });

  it('takes the next page for none else', () => {
    const link = `<${list}&cursor=v1_1>; rel="prev", <${list}&cursor=v1_3>; rel="next"`;
    expect(nextCursor(link)).toBe('v1_3');
    expect(nextCursor(`<${list}&cursor=v1_1>; rel="prev"`)).toBeNull();
  });

  it.each([undefined, '', '<>; rel="next"', '<no address>; rel="next"', `<${list}>; rel="next"`])(
    'knows no next page from %j',
    (link) => {
      expect(nextCursor(link)).toBeNull();
    },
  );
});
