import { expect, test } from 'vitest';
import { writePrompt } from '../../../../../lib/domain/agents/prompts/write-prompt.ts';
import type { PromptRequest } from '../../../../../lib/domain/agents/prompts/prompt-request.ts';
import type { Module } from '../../../../../lib/domain/report.ts';
import { finding } from '../../../../builders/findings.ts';
import { promptRequest } from '../../../../builders/prompts.ts';
import { integrationPoint } from '../../../../builders/reports.ts';

const fixture = (name: string) =>
  new URL(`../../../../fixtures/prompts/${name}.md`, import.meta.url).pathname;

const module = (path: string, figures: Partial<Module> = {}): Module => ({
  path,
  language: 'python',
  lines: 120,
  fanIn: 1,
  fanOut: 3,
  instability: 0.75,
  exports: 4,
  functions: 9,
  maxComplexity: 11,
  ...figures,
});

const files = [
  { path: 'orders/models.py', lines: 410 },
  { path: 'orders/place_order.py', lines: 180 },
  { path: 'orders/payment.py', lines: 95 },
];

/** What the three prompts of one component are made of. */
const orders: Partial<PromptRequest> = {
  paths: ['orders/**', 'shared/money.py'],
  files,
  graph: {
    modules: [module('orders/models.py', { fanIn: 12, fanOut: 2 }), module('orders/payment.py')],
    edges: [],
    cycles: [['orders/models.py', 'orders/place_order.py']],
    publicInterface: [
      { path: 'orders/models.py', name: 'Order', kind: 'class', line: 14, usedBy: 9 },
    ],
  },
  integrationPoints: [
    integrationPoint({ kind: 'library', name: 'requests', path: 'orders/payment.py' }),
    integrationPoint({
      name: 'requests.post',
      detail: 'https://pay.example/charge',
      path: 'orders/payment.py',
      line: 31,
      alsoAt: ['orders/payment.py:58'],
      errorHandling: 'none',
      timeout: false,
    }),
  ],
};

const requests: Record<string, PromptRequest> = {
  'code-quality': promptRequest({
    ...orders,
    findings: [
      finding({
        severity: 'high',
        rule: 'sql-injection',
        path: 'orders/models.py',
        line: 88,
        confidence: 'medium',
        message: '`query` is put together from `status`.',
      }),
      finding({ path: 'orders/payment.py', line: 3 }),
    ],
    instructions: 'Amounts are integers in cents.\nOrders are never deleted, only cancelled.',
  }),
  architecture: promptRequest({ ...orders, analysis: 'architecture', mayChangeCode: true }),
  integration: promptRequest({
    ...orders,
    analysis: 'integration',
    commit: null,
    before: { problem: 'It had not answered after 60 minutes.' },
  }),
};

test.for(Object.entries(requests))(
  'the prompt on %s reads as it should',
  async ([name, request]) => {
    await expect(writePrompt(request)).toMatchFileSnapshot(fixture(name));
  },
);
