import { expect, test } from 'vitest';
import { findComponentIn, namesIn } from '../../../../lib/domain/dispatch/component-names.ts';
import { buildComponent } from '../../../builders/events.ts';

const components = [
  buildComponent('lib'),
  buildComponent('lib/flows'),
  buildComponent('web'),
  buildComponent('web', { repository: 'acme/mail' }),
];

function named(title: string): string | undefined {
  const found = findComponentIn(title, components);
  return found && `${found.repository}/${found.component}`;
}

test.each([
  ['Analyse lib', 'acme/shop/lib'],
  ['LIB', 'acme/shop/lib'],
  ['Please look at "lib", thanks', 'acme/shop/lib'],
  ['component-analysis: `lib/`', 'acme/shop/lib'],
  ['What is wrong with ./lib?', 'acme/shop/lib'],
  ["lib's quality", 'acme/shop/lib'],
  ['Analyse lib.', 'acme/shop/lib'],
  ['Analyse lib/flows', 'acme/shop/lib/flows'],
  ['Analyse acme/mail/web', 'acme/mail/web'],
  ['lib, that is Acme/Shop/lib', 'acme/shop/lib'],
])('%j names one component', (title, expected) => {
  expect(named(title)).toBe(expected);
});

test.each([
  ['none', 'Analyse everything'],
  ['none, only a part of a word', 'Analyse library, calib and lib-old'],
  ['none, only a part of a path', 'Analyse src/lib and lib/other'],
  ['none, only a part of a word in another script', 'Analyse libä'],
  ['several', 'Analyse lib and lib/flows'],
  ['several of one name', 'Analyse web'],
  ['none, it is empty', ''],
])('a title names no component: %s', (_why, title) => {
  expect(named(title)).toBeUndefined();
});

test('a configured name that ends like a sentence is found as well', () => {
  const odd = [buildComponent('lib.')];
  expect(findComponentIn('Analyse lib.', odd)).toBe(odd[0]);
});

test.each([
  ['Analyse everything', []],
  ['Analyse LIB, and jobs.', ['lib', 'jobs']],
  ['Analyse web', ['acme/shop/web', 'acme/mail/web']],
  ['Analyse cobweb', []],
])('of all names, %j may mean %j', (title, expected) => {
  expect(namesIn(title, ['lib', 'acme/shop/web', 'acme/mail/web', 'jobs'])).toEqual(expected);
});
