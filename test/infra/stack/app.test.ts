import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('what cdk runs ends with what is wrong, in words and without a stack trace', async () => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'staging' }) };
  const failed = await run(process.execPath, ['infra/app.ts'], { env }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The configuration has 1 problem\(s\):\n {2}- aws\.stages: has no stage 'staging'\..*\n$/,
    ),
  });
});
