import { expect, test } from 'vitest';
import { agentsPage, type AgentsView } from '../../../lib/dashboard/agents-page.ts';
import { runPage } from '../../../lib/dashboard/run-page.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { buildAgentRun } from '../../builders/agent-runs.ts';
import { runSummary } from '../../builders/runs.ts';

async function page(view: Partial<AgentsView> = {}): Promise<string> {
  return String(
    await agentsPage({
      status: { kind: 'ready', provider: 'codegen' },
      agentRuns: [buildAgentRun()],
      next: null,
      budgets: [],
      usage: { days: [], quotas: [] },
      pause: null,
      ...view,
    }),
  );
}

test('an agent run leads to its page, to the run that asked, and to its pull requests', async () => {
  const pullRequests = [{ url: 'https://github.com/a/b/pull/1', title: 'Fix <b>', branch: null }];
  const text = await page({ agentRuns: [buildAgentRun({ pullRequests, attempt: 2 })] });
  expect(text).toContain('<a href="https://codegen.com/agent/4711" rel="noreferrer">');
  expect(text).toContain('<a href="/runs/run-1">');
  expect(text).toMatch(/<a href="https:\/\/github.com\/a\/b\/pull\/1"[^>]*>Fix &lt;b&gt;<\/a>/);
  expect(text).toContain('code quality of orders, acme/shop <small>attempt 2</small>');
});

test('an answer that was read leads to its report', async () => {
  const answer = { kind: 'answered', findings: 2, dropped: 0 } as const;
  const text = await page({ agentRuns: [buildAgentRun({ state: 'succeeded', answer })] });
  expect(text).toMatch(/2 findings\s+<a href="\/runs\/run-1\/report">report<\/a>/);
  expect(await page()).not.toContain('/report');
});

test('words and addresses of strangers do nothing', async () => {
  const url = 'javascript:alert(1)';
  const problem = '<script>\u202e';
  const pullRequests = [{ url, title: '<img src=x>', branch: null }];
  const text = await page({ agentRuns: [buildAgentRun({ url, problem, pullRequests })] });
  expect(text).not.toContain('javascript:');
  expect(text).toContain('&lt;script&gt;\ufffd');
  expect(text).not.toMatch(/<script|<img/);
});

test.each(['https://name:word@github.com/a/b/pull/1', 'https://', '//evil.example', null])(
  'what is no plain address of the web is no link: %s',
  async (url) => {
    const pullRequests = url === null ? [] : [{ url, title: 'Mend it', branch: null }];
    const text = await page({ agentRuns: [buildAgentRun({ url, pullRequests })] });
    expect(text).not.toContain('rel="noreferrer"');
  },
);

test('without agents it says what to set, and without agent runs how to ask for one', async () => {
  const missing: SecretName[] = ['CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'];
  const status = { kind: 'not-set-up', provider: 'codegen', missing } as const;
  expect(await page({ agentRuns: [], status })).toContain(
    'Set CODEGEN_API_TOKEN and CODEGEN_ORG_ID in .env.',
  );
  expect(await page({ agentRuns: [], stack: 'prod' })).toContain(
    'analyze NAME --agents --stack prod',
  );
});

test('budgets and usage stand below, and a pause above', async () => {
  const budgets = [{ limit: 'day', repository: null, used: 3, allowed: 20 } as const];
  const usage = { days: [{ day: '2026-11-23', agentRuns: [], calls: [] }], quotas: [] };
  const pause = { since: '2026-11-23T10:00:00.000Z' };
  const text = await page({ budgets, usage, pause });
  expect(text).toMatch(
    /starts within 24 hours<\/td>\s*<td[^>]*>3<\/td>\s*<td[^>]*>20<\/td>\s*<td[^>]*>17</,
  );
  expect(text).toContain('2026-11-23</td>');
  expect(text).toContain('no coding agent is started');
});

test('it loads itself again while an agent is at work', async () => {
  expect(await page()).toContain('http-equiv="refresh"');
  const ended = buildAgentRun({ state: 'succeeded', endedAt: '2026-11-23T12:03:05.000Z' });
  const text = await page({ agentRuns: [ended], next: 'a+b' });
  expect(text).not.toContain('http-equiv="refresh"');
  expect(text).toContain('3 min 5 s');
  expect(text).toContain('href="/agents?cursor=a%2Bb"');
});

test('the page of a run lists the agent runs that it has asked for', async () => {
  const run = { ...runSummary(), input: {}, result: null, error: null, tasks: [] };
  const agentRuns = [buildAgentRun()];
  const view = { lines: [], agentRuns };
  expect(String(await runPage(run, view))).toContain('<h2>Agent runs</h2>');
  expect(String(await runPage(run, { ...view, agentRuns: [] }))).not.toContain('Agent runs');
});
