import { expect, test } from 'vitest';
import { repositoryParts } from '../../../../lib/adapters/github/requests/repository-parts.ts';

test('the name of a repository has two parts', () => {
  expect(repositoryParts('acme/shop')).toEqual({ owner: 'acme', repo: 'shop' });
});

test.each(['app', 'a/b/c', 'acme/..', '../shop', 'acme/', '/shop', ''])(
  '"%s", which would lead elsewhere, is refused',
  (name) => {
    expect(() => repositoryParts(name)).toThrow('must be OWNER/NAME');
  },
);
