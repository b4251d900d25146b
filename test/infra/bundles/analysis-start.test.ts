import { expect, test } from 'vitest';
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { startLambdaProcess } from '../../support/lambda/lambda-process.ts';
import { folderWith } from '../../support/temporary-folder.ts';
import { architecture, config } from './bundled-functions.ts';
import { deployed } from './deployed-environment.ts';

/** Of the handler `index.handler` in this folder, in milliseconds, in a process of its own. */
async function startOf(folder: string): Promise<number> {
  const environment = { ...deployed, NODE_OPTIONS: '--enable-source-maps' };
  const started = await startLambdaProcess({ folder, handler: 'index.handler', environment });
  await started.stop();
  return started.initMs;
}

test('component-analysis starts at most 600 ms after an empty handler', async () => {
  const empty = folderWith({ 'index.mjs': 'export const handler = async () => {};' });
  const analysis = bundleFunction({ name: 'component-analysis', architecture, config }).folder;
  // The least of a few rounds counts: the rest is what else the machine does.
  let later = Infinity;
  for (let round = 0; round < 4 && later >= 600; round += 1) {
    const emptyMs = await startOf(empty);
    later = Math.min(later, (await startOf(analysis)) - emptyMs);
  }
  expect(later).toBeLessThan(600);
});
