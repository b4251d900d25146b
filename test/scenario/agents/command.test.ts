import { expect, test } from 'vitest';
import { usualInstallation } from '../../support/github/test-app.ts';
import { untilAllAnalysed, withShortPauses } from '../story/fault-runs.ts';
import { createStoryWorld, deliver, shopFiles } from '../story/story-world.ts';

withShortPauses();

/** Mends the default of `total` where it is asked about the code quality, and answers as the prompt says. */
const agent = String.raw`
import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const prompt = await text(process.stdin);
const mark = /"BEGIN ANSWER (\w+)"/.exec(prompt)?.[1];
const file = 'orders/total.py';
const code = readFileSync(file, 'utf8');
const finding = {
  topic: null, severity: 'high', path: file, line: 5,
  title: 'Calls share what they cache.', detail: 'It is mended.',
};
if (prompt.includes('This prompt: code-quality')) {
  writeFileSync(file, code.replace('cache={}', 'cache=None'));
}
const tokens = Object.keys(process.env).filter((name) => /TOKEN|KEY|SECRET/.test(name));
const summary = 'Tokens seen: ' + tokens.length;
console.log('BEGIN ANSWER ' + mark);
console.log(JSON.stringify({ summary, findings: [finding], declined: null }));
console.log('END ANSWER ' + mark);
`;

const mended = shopFiles['orders/total.py'].replace('cache={}', 'cache=None');

test('a command on this machine edits a clone, and its change is proposed as a pull request and told on the issue', async () => {
  const { permissions } = usualInstallation;
  const mayPush = { ...permissions, contents: 'write', pull_requests: 'write' } as const;
  const world = await createStoryWorld({
    app: { installations: [{ ...usualInstallation, permissions: mayPush }] },
    githubReport: 'none',
    trackingTable: false,
    agents: {
      provider: 'command',
      mayChangeCode: true,
      command: { run: [process.execPath, '--input-type=module', '--eval', agent] },
      budget: { concurrent: 3, concurrentPerRepository: 3 },
    },
  });
  const { github, linear } = world;
  const host = await world.startHost();

  await deliver(host, linear.act.label('ENG-2', 'component-analysis'));
  const [run] = await untilAllAnalysed(host);

  expect(run?.state).toBe('succeeded');
  const { branches, commits, pullRequests } = github.repository('acme/shop');
  expect(pullRequests).toMatchObject([{ head: expect.stringMatching(/^cicd\//), base: 'main' }]);
  const proposed = commits.get(branches.get(pullRequests[0]?.head ?? '') ?? '');
  expect(proposed).toMatchObject({ parent: branches.get('main'), author: 'autonomous-cicd' });
  expect(proposed?.files['orders/total.py']).toBe(mended);
  expect(linear.issue('ENG-2').comments.map(({ body }) => body)).toEqual([
    expect.stringMatching(
      /Local agent[^]*Tokens seen: 0[^]*Proposed changes: \[code quality of orders\]\([^]*Full report/,
    ),
  ]);
  expect([...linear.violations, ...linear.duplicates, ...github.violations]).toEqual([]);
}, 60_000);
