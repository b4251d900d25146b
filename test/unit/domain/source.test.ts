import { describe, expect, test } from 'vitest';
import { describeSource, sourceSchema } from '../../../lib/domain/source.ts';

function isSource(repository: string, ref: string | null = null): boolean {
  return sourceSchema.safeParse({ kind: 'github', repository, ref }).success;
}

describe('a source on GitHub', () => {
  test.each(['acme/shop', 'a/b', 'Acme-Corp/shop.js', 'acme_emu/.github'])('may be %s', (name) => {
    expect(isSource(name)).toBe(true);
  });

  test.each(['acme', 'acme/', '/shop', 'acme/shop/x', 'acme/..', '../shop', 'acme/sh op', 'a/b?c'])(
    'is no repository: %j',
    (name) => {
      expect(isSource(name)).toBe(false);
    },
  );

  test.each(['main', 'feature/x', 'v1.2.3', 'f'.repeat(40), 'größe', '#1'])(
    'may be at %s',
    (ref) => {
      expect(isSource('acme/shop', ref)).toBe(true);
    },
  );

  test.each(['', '..', '.', 'a/../b', '/main', 'a//b', '-x', 'a b', 'a\nb', 'main^', 'HEAD@{1}'])(
    'is no ref: %j',
    (ref) => {
      expect(isSource('acme/shop', ref)).toBe(false);
    },
  );

  test('is named with its ref, where one was given', () => {
    const source = { kind: 'github', repository: 'acme/shop', ref: null } as const;
    expect(describeSource(source)).toBe('acme/shop on GitHub');
    expect(describeSource({ ...source, ref: 'main' })).toBe('acme/shop on GitHub at main');
    const pinned = { ...source, atCommit: '0123456789'.repeat(4) };
    expect(describeSource(pinned)).toBe('acme/shop on GitHub (commit 0123456789)');
    expect(describeSource({ kind: 'folder', path: '/src' })).toBe('/src');
  });
});
