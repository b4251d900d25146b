import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportPage } from '../../../lib/dashboard/report-page.ts';
import type { AgentPart } from '../../../lib/domain/agents/agent-part.ts';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';
import { agentFinding, agentPart, report } from '../../builders/reports.ts';
import { hostileText } from '../../support/markdown.ts';

async function pageOf(...agents: AgentPart[]): Promise<string> {
  const found = report({ agents });
  return String(await reportPage(found, formatReport(found)));
}

const tagsOf = (page: string): string[] => page.match(/<[a-z/!][^>]*>/gi) ?? [];

test('links the pages of agent runs and the pull requests that came of them', async () => {
  const pullRequests = [{ url: 'https://git.example/pull/7', title: 'Raise <b>', branch: null }];
  const page = await pageOf(agentPart({ findings: [agentFinding()], pullRequests }));
  expect(page).toContain(
    '<a href="https://agents.example/run/7" rel="noopener noreferrer">Agent run on code quality at codegen</a>',
  );
  expect(page).toContain(
    '<a href="https://git.example/pull/7" rel="noopener noreferrer">Proposed change on code quality: Raise &lt;b&gt;</a>',
  );
  expect(page).toContain('<strong class="severity high">high</strong>');
});

test('calls an analysis what it is called everywhere', async () => {
  const page = await pageOf(agentPart({ analysis: 'integration' }));
  expect(page).toContain('>Agent run on integration points at codegen</a>');
});

test('has no word of agents where none was asked', async () => {
  const page = await pageOf();
  expect(page.slice(page.indexOf('<main>'))).not.toMatch(/agent/i);
});

test('shows what an agent says as text: nothing of it becomes a link or a tag', async () => {
  const harmless = agentPart({ url: null, findings: [agentFinding({ detail: '' })] });
  const own = new Set(tagsOf(await pageOf(harmless)).concat('<code>', '</code>'));
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const page = await pageOf({
        ...harmless,
        url: 'javascript:alert(1)',
        summary: text,
        problem: text,
        findings: [agentFinding({ title: text, detail: text, path: text })],
        pullRequests: [{ url: 'data:text/html,x', title: text, branch: text }],
      });
      expect(
        tagsOf(page).filter((tag) => !own.has(tag) && !/^<\/?(?:p|ul|li)>$/.test(tag)),
      ).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
