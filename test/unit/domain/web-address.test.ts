import { describe, expect, test } from 'vitest';
import { webAddress } from '../../../lib/domain/web-address.ts';

describe('An address from outside', () => {
  test.each([
    ['https://github.com/acme/shop/pull/5', 'https://github.com/acme/shop/pull/5'],
    ['http://127.0.0.1:4200/runs/1', 'http://127.0.0.1:4200/runs/1'],
    ['https://acme.com/a b"><script>', 'https://acme.com/a%20b%22%3E%3Cscript%3E'],
  ])('is a link: %s', (text, link) => {
    expect(webAddress(text)).toBe(link);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/runs/1',
    'acme.com',
    'https://jane:word@acme.com/',
    `https://acme.com/${'x'.repeat(2_000)}`,
    '',
    null,
    undefined,
  ])('is none: %s', (text) => {
    expect(webAddress(text)).toBeNull();
  });
});
