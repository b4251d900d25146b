import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentPart } from '../../../../lib/domain/agents/agent-part.ts';
import { formatCheck } from '../../../../lib/flows/component-analysis/format/format-check.ts';
import { formatReportComment } from '../../../../lib/flows/component-analysis/format/format-comment.ts';
import { formatReport } from '../../../../lib/flows/component-analysis/format/format-report.ts';
import { finding } from '../../../builders/findings.ts';
import { agentFinding, agentPart, counted, report } from '../../../builders/reports.ts';
import { hostileText, readMarkdown } from '../../../support/markdown.ts';

const runLink = 'https://cicd.example/runs/run-1';
const commentOf = (...agents: AgentPart[]) => formatReportComment(report({ agents }), { runLink });
const reportOf = (...agents: AgentPart[]) => formatReport(report({ agents }));

/** The part about agents alone. */
const between = (text: string, from: string, to: string) =>
  text.slice(text.indexOf(from), text.indexOf(to)).trim();

const afterAgents = (comment: string) => comment.slice(comment.indexOf('#### Architecture'));

const fault = agentFinding();
const slip = agentFinding({ severity: 'low', line: null, title: 'No docstring.', detail: '' });

describe('what an agent has found', () => {
  const part = agentPart({
    attempts: 2,
    summary: 'It reads well.\n\n- But one thing.',
    findings: [fault, slip],
    dropped: 1,
    pullRequests: [{ url: 'https://git.example/pull/7', title: 'Raise for #12', branch: null }],
  });

  test('stands in the comment, shortly, after what matters', () => {
    expect(between(commentOf(part), '#### What agents add', '#### Architecture')).toBe(
      [
        '#### What agents add',
        '',
        '**Code quality** · Codegen, 2 attempts, 12 minutes · [agent ' +
          'run](https://agents.example/run/7) · 1 finding left out: no such place',
        '',
        '> It reads well. - But one thing.',
        '',
        'Proposed changes: [Raise for `#12`](https://git.example/pull/7)',
        '',
        '- **high** · `orders/payment.py:31` — A failed charge counts as paid. The status is ' +
          'not looked at. Raise for it.',
        '- **low** · `orders/payment.py` — No docstring.',
      ].join('\n'),
    );
  });

  test('stands in the report in full, and addresses there are no links', () => {
    const text = between(reportOf(part), '## What agents add', '## Shape');
    expect(text.split('\n\n').slice(2)).toEqual([
      '### Code quality, by an agent',
      'Codegen, 2 attempts, 12 minutes · `https://agents.example/run/7`',
      '> It reads well.\n>\n> \\- But one thing.',
      '- **high** · `orders/payment.py:31` — A failed charge counts as paid.',
      '  The status is not looked at.',
      '  Raise for it.',
      '- **low** · `orders/payment.py` — No docstring.',
      '1 finding left out: no such place',
      '- Proposed change: `https://git.example/pull/7` — Raise for `#12`',
    ]);
    expect(readMarkdown(text).links).toEqual([]);
  });

  test('counts in the verdict, apart from what linters have found', () => {
    const all = report({
      ...counted([finding()]),
      agents: [part, agentPart({ findings: [fault] })],
    });
    const verdict = '1 low · first report · agents add 2 high, 1 low';
    expect(formatCheck(all, { runLink }).description).toBe(verdict);
    expect(formatReportComment(all, { runLink })).toContain(
      '**1 low** · the first report of this component · agents add 2 high, 1 low\n',
    );
    expect(formatReport(all)).toContain('report of this component · agents add 2 high, 1 low\n');
  });

  test('is cut in the comment, and counted', () => {
    const many = Array.from({ length: 50 }, () => fault);
    const parts = [1, 2, 3].map(() => agentPart({ summary: 'x '.repeat(2_000), findings: many }));
    const text = commentOf(...parts);
    expect(text.match(/… and 45 more in the full report\./g)).toHaveLength(3);
    expect(text.length).toBeLessThan(10_000);
    expect(reportOf(...parts).match(/^- \*\*high\*\*/gm)).toHaveLength(150);
  });
});

/** Both texts about an agent that has said nothing. */
function missing(part: Partial<AgentPart>): string[] {
  const silent = agentPart({ summary: '', ...part });
  return [commentOf(silent), reportOf(silent)];
}

describe('what is missing of an agent', () => {
  test.each([
    [[1, 1], 'Coding agents were asked as well. Of what'],
    [[1, 0], 'Coding agents were asked as well, not for everything. Of what'],
    [[0, 0], 'Coding agents were wanted, and none was asked.'],
  ])('is clear where they were asked %j times', (attempts, preface) => {
    const parts = attempts.map((count) => agentPart({ attempts: count }));
    expect(reportOf(...parts)).toContain(`## What agents add\n\n${preface}`);
  });

  test('names variables as they are typed', () => {
    const problem =
      'Codegen does not accept CODEGEN_API_TOKEN (401): `cicd secrets set X`, not x_y.';
    for (const text of missing({ outcome: 'failed', problem })) {
      expect(text).toContain('`CODEGEN_API_TOKEN` (401): `cicd secrets set X`, not x\\_y.');
    }
  });

  test.for([
    [
      { outcome: 'failed', problem: 'It ran out of tokens.' },
      'Codegen gave no answer, 12 minutes',
      'It ran out of tokens.',
    ],
    [
      { outcome: 'timed-out', problem: 'It took over 60 minutes.', attempts: 2, minutes: 120 },
      'Codegen did not answer in time, 2 attempts, 120 minutes',
      'It took over 60 minutes.',
    ],
    [
      { outcome: 'not-asked', problem: 'The 20 starts of today are used up.', attempts: 0 },
      'Codegen was not asked',
      'The 20 starts of today are used up.',
    ],
    [
      { outcome: 'cancelled', problem: 'Somebody has stopped it.', provider: 'cursor' },
      'Cursor was stopped, 12 minutes',
      'Somebody has stopped it.',
    ],
    [
      { outcome: 'unusable', problem: 'No `JSON`.', summary: 'La la', provider: 'command' },
      'Local agent answered nothing of use, 12 minutes',
      'No `JSON`.',
    ],
  ] as const)('is said, and why: %j', ([part, who, why]) => {
    const [comment, full] = missing({ ...part });
    expect(comment).toContain(`\n**Code quality** · ${who} — ${why} · `);
    expect(full).toContain(`\n${who} — ${why} · `);
  });

  test('is the agent’s own reason where it has declined', () => {
    const summary = 'The repository is empty.';
    for (const text of missing({ outcome: 'declined', problem: 'It has declined.', summary })) {
      expect(text).toContain('Codegen declined, 12 minutes · ');
      expect(text).toContain(`\n\n> ${summary}\n`);
      expect(text).not.toContain('It has declined.');
    }
  });
});

test('where no agent was asked, there is no word of them', () => {
  for (const text of [commentOf(), reportOf(), formatCheck(report(), { runLink }).title]) {
    expect(text).not.toMatch(/agent/i);
  }
});

describe('whatever an agent says', () => {
  const own = new Set(['code_inline', 'strong_open', 'strong_close', 'link_open', 'link_close']);
  const blocks = /^(?:heading|paragraph|blockquote|bullet_list|list_item)_(?:open|close)$|^inline$/;
  const hostilePart = hostileText.map((text) =>
    agentPart({
      summary: text,
      problem: text,
      url: 'javascript:alert(1)',
      findings: [agentFinding({ title: text, detail: text, path: text })],
      pullRequests: [{ url: 'https://git.example/pull/7', title: text, branch: text }],
    }),
  );
  test('it is text: no link, mention, image, HTML, list or heading of its own', () => {
    fc.assert(
      fc.property(hostilePart, (part) => {
        const comment = between(commentOf(part), '#### What agents add', '#### Architecture');
        const full = between(reportOf(part), '## What agents add', '## Shape');
        for (const text of [comment, full]) {
          const read = readMarkdown(text);
          expect(read.links.filter((link) => link !== 'https://git.example/pull/7')).toEqual([]);
          expect(read.marks.filter((mark) => !own.has(mark))).toEqual([]);
          expect(read.blocks.filter((block) => !blocks.test(block))).toEqual([]);
          expect(read.pieces.filter((piece) => /@\w|#\d|ENG-7|GH-1/i.test(piece))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('its text stays in its place: what comes after it is as it was', () => {
    fc.assert(
      fc.property(hostilePart, (part) => {
        const harmless = commentOf(agentPart());
        expect(afterAgents(commentOf(part))).toBe(afterAgents(harmless));
      }),
      { numRuns: 50 },
    );
  });
});
