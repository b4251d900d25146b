import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markInstallation } from '../../../infra/local/installation.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('the mark of an installation stays with its data folder, and fits into an address', () => {
  const folder = join(temporaryFolder(), 'shop', '.cicd');
  const mark = markInstallation(folder);
  expect(mark).toMatch(/^[0-9a-f]{8}$/);
  expect(markInstallation(folder)).toBe(mark);
});

test('another data folder is another installation', () => {
  expect(markInstallation(temporaryFolder())).not.toBe(markInstallation(temporaryFolder()));
});

test('where the mark cannot be kept, there is one that nothing was made with', () => {
  const file = join(temporaryFolder(), 'no-folder');
  writeFileSync(file, '');
  expect(markInstallation(file)).toMatch(/^[0-9a-f]{8}$/);
  expect(markInstallation(file)).not.toBe(markInstallation(file));
});
