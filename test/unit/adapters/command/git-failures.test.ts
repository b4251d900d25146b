import { expect, test } from 'vitest';
import { explainGitFailure } from '../../../../lib/adapters/command/git/git-failures.ts';

const doing = 'push to acme/shop';
const explain = (stderr: string) => explainGitFailure({ doing, stderr, isLate: false });

test.each([
  [
    'remote: error: GH013: Repository rule violations found for refs/heads/cicd/x.\n',
    'A rule of the repository refuses it',
  ],
  [
    ' ! [remote rejected] x -> cicd/x (refusing to allow a Personal Access Token to create or ' +
      'update workflow `.github/workflows/a.yml` without `workflow` scope)\n',
    'the right "Workflows: write"',
  ],
  [' ! [rejected] x -> cicd/x (fetch first)\n', 'commits of somebody else'],
  [
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled\n",
    'is missing, wrong or expired',
  ],
  [
    'remote: Permission to acme/shop.git denied to ada.\nfatal: The requested URL returned error: 403\n',
    'the right "Contents: write"',
  ],
  ["fatal: repository 'https://github.com/acme/shop.git/' not found\n", 'may not read it'],
  [
    "fatal: unable to access 'https://github.com/acme/shop.git/': The requested URL returned error: 301\n",
    'give its new name',
  ],
  ["fatal: couldn't find remote ref gone\n", 'is not there any more'],
  ["fatal: detected dubious ownership in repository at '/x'\n", 'belongs to another user'],
])('what fails until a person does something is final: %s', (stderr, advice) => {
  expect(explain(stderr)).toMatchObject({
    retryable: false,
    message: expect.stringContaining(advice),
  });
});

test.each([
  'fatal: unable to access: Could not resolve host: github.com\n',
  'error: RPC failed; HTTP 502\nfatal: early EOF\n',
  'something unheard of\n',
])('anything else may go well another time: %s', (stderr) => {
  expect(explain(stderr)).toMatchObject({ retryable: true });
});

test('too slow is told as such', () => {
  const late = explainGitFailure({ doing, stderr: '', isLate: true });
  expect(late).toMatchObject({ message: `git took too long to ${doing}.`, retryable: true });
});

test('folders of the host are not told', () => {
  const stderr =
    'error: unable to write file /home/ada/.cicd/agent-runs/1/clone/src/a.ts: No space left\n' +
    "fatal: detected dubious ownership in repository at '/home/ada/shop'\n" +
    "fatal: unable to access 'https://github.com/acme/shop.git/': src/lib/b.ts\n";
  const { message } = explain(stderr);
  expect(message).not.toMatch(/home|ada|clone|agent-runs/);
  expect(message).toContain('file …/a.ts: No space left');
  expect(message).toContain("'https://github.com/acme/shop.git/': src/lib/b.ts");
});

test('git is quoted plainly and shortly', () => {
  const stderr = `Cloning into 'x'\nfatal: \u001b[31mno ${'word '.repeat(200)}\n`;
  const { message } = explain(stderr);
  expect(message).toMatch(/^git could not push to acme\/shop\. It says: fatal: \ufffd\[31mno word/);
  expect(message.length).toBeLessThan(400);
});
