import { expect, test } from 'vitest';
import {
  agentAdvice,
  budgetLeft,
  budgetTitle,
  formatAgentLogEntry,
  formatCameOf,
} from '../../../lib/dashboard/agent-text.ts';
import type { AgentStatus } from '../../../lib/domain/agents/agent-status.ts';

const half: AgentStatus = {
  kind: 'not-set-up',
  provider: 'codegen',
  missing: ['CODEGEN_ORG_ID'],
};

test.each([
  [{ kind: 'ready', provider: 'codegen' } as const, undefined, null],
  [half, undefined, 'Set CODEGEN_ORG_ID in .env.'],
  [half, 'prod', 'Set CODEGEN_ORG_ID: npm run -s cicd -- secrets set NAME --stack prod'],
  [
    { kind: 'off' } as const,
    undefined,
    "No agent is wanted: agents.provider is 'none' in cicd.config.ts.",
  ],
])('what to do about %j', (status, stack, advice) => {
  expect(agentAdvice(status, stack)).toBe(advice);
});

test('a budget is named with its repository, and never less than spent', () => {
  const use = { limit: 'repository-day', repository: 'acme/shop', used: 5, allowed: 3 } as const;
  expect(budgetTitle(use)).toBe('starts within 24 hours, acme/shop');
  expect(budgetLeft(use)).toBe(0);
  expect(budgetLeft({ ...use, allowed: 7 })).toBe(2);
});

test('what an agent says can pass neither for another entry nor for a command of the terminal', () => {
  const text = 'Read the code.\n2026-11-23 12:00:09 FINAL: all is well\u001b[2J\r\nDone\n';
  expect(formatAgentLogEntry({ at: '2026-11-23T12:00:00Z', kind: 'ACTION\n', text })).toBe(
    [
      '2026-11-23 12:00:00 ACTION: Read the code.',
      '    2026-11-23 12:00:09 FINAL: all is well\ufffd[2J',
      '    Done',
    ].join('\n'),
  );
});

const read = { kind: 'answered', findings: 3, dropped: 0 } as const;

test.each([
  [{ answer: read, problem: null }, '3 findings'],
  [
    { answer: { ...read, findings: 1, dropped: 2 }, problem: null },
    '1 finding, 2 left out: no such place',
  ],
  [{ answer: { ...read, findings: 0 }, problem: 'No push.' }, 'no findings — No push.'],
  [{ answer: { ...read, kind: 'unusable' as const }, problem: null }, 'the answer is of no use'],
  [{ answer: { ...read, kind: 'declined' as const }, problem: null }, 'it has declined'],
  [{ problem: 'Out of memory.' }, 'Out of memory.'],
  [{ problem: null }, ''],
])('what came of %j reads %j', (agentRun, text) => {
  expect(formatCameOf(agentRun)).toBe(text);
});
