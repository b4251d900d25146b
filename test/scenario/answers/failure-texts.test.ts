import { expect, test } from 'vitest';
import { settleOwed, startWithLinear } from './answers-fixture.ts';

test('a failed analysis does not tell the issue how folders of the machine are called', async () => {
  const { host, input, linear } = await startWithLinear();
  const source = { kind: 'folder', path: '/home/alice/private/shop' };

  const run = await host.analyse({ ...input, source });

  expect(run.error?.message).toContain('/home/alice/private/shop');
  const [comment] = linear.issue('ENG-1').comments;
  expect(comment?.body).toContain('**Why:** There is no folder acme/shop to read source from.');
  expect(comment?.body).toContain('**What to do:** Correct `source`');
  expect(comment?.body).not.toContain('alice');
});

test('an analysis without files says where to look', async () => {
  const { host, input, linear } = await startWithLinear();

  await host.analyse({ ...input, paths: ['nothing/**'] });

  const [comment] = linear.issue('ENG-1').comments;
  expect(comment?.body).toContain('has no files: nothing in acme/shop matches nothing/');
  expect(comment?.body).toContain('**What to do:** Compare the globs of the component');
  expect(comment?.body).toContain('again: remove the label from the issue and add it again.');
});

const broken = () => ({
  reportUnknownComponent: () => {
    throw new TypeError('EACCES: open /home/alice/.ssh/id_rsa');
  },
});
const unclear = { kind: 'unknown-component', wanted: 'Analyse it', known: ['orders'] };

test('an error that is not of ours stays in the log of the run', { timeout: 30_000 }, async () => {
  const { host, input, linear } = await startWithLinear({ change: broken });

  const run = await host.analyse({ ...unclear, origin: input.origin });

  expect(run.error?.message).toContain('alice');
  const [comment] = linear.issue('ENG-1').comments;
  expect(comment?.body).toContain(
    `**Why:** An internal error; its log says more: \`cicd runs logs ${run.id.slice(0, 8)}\`.`,
  );
  expect(comment?.body).not.toMatch(/alice|EACCES/);
  expect(await settleOwed(host)).toBe(0);
});
