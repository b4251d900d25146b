import type { AgentFinding, AgentPart } from '../../lib/domain/agents/agent-part.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import type { IntegrationPoint, Report } from '../../lib/domain/report.ts';

/** A report on an empty component; tests fill in what they are about. */
export function report(overrides: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    runId: 'run-1',
    generatedAt: '2026-03-01T10:00:00.000Z',
    component: { name: 'orders', repository: 'acme/shop', paths: ['orders/**'] },
    source: { kind: 'folder', path: '/src/shop', commit: null },
    files: {
      analysed: 1,
      listed: 0,
      lines: 10,
      bytes: 100,
      languages: [{ language: 'python', judged: true, files: 1, lines: 10, bytes: 100 }],
      skipped: [],
      references: 0,
    },
    metrics: {
      files: 1,
      lines: 10,
      codeLines: 8,
      functions: 1,
      classes: 0,
      complexity: { mean: 1, p90: 1, max: 1 },
      documented: null,
      duplicated: 0,
      findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    },
    graph: { modules: [], edges: [], cycles: [], publicInterface: [] },
    notes: [],
    agents: [],
    integrationPoints: [],
    findings: [],
    comparison: {
      previous: null,
      new: 0,
      fixed: 0,
      unchanged: 0,
      newFindings: [],
      fixedFindings: [],
    },
    ...overrides,
  };
}

/** What of a report follows from its findings. */
export function counted(findings: readonly Finding[]): Pick<Report, 'findings' | 'metrics'> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return { findings: [...findings], metrics: { ...report().metrics, findings: counts } };
}

/** The same with an earlier report of 28 February to compare with. */
export function reportAfterAnother(
  comparison: Partial<Report['comparison']>,
  overrides: Partial<Report> = {},
): Report {
  const previous = { runId: 'run-0', generatedAt: '2026-02-28T10:00:00.000Z', commit: null };
  const before = report();
  return report({
    ...overrides,
    comparison: { ...before.comparison, previous, ...comparison },
  });
}

/** An HTTP call whose errors are handled. */
export function integrationPoint(overrides: Partial<IntegrationPoint> = {}): IntegrationPoint {
  return {
    kind: 'http-api',
    name: 'requests.get',
    detail: null,
    path: 'lib/a.py',
    line: 1,
    alsoAt: [],
    errorHandling: 'handled',
    timeout: null,
    ...overrides,
  };
}

/** What an agent has added: it was asked, and found nothing. */
export function agentPart(overrides: Partial<AgentPart> = {}): AgentPart {
  return {
    analysis: 'code-quality',
    provider: 'codegen',
    outcome: 'answered',
    agentRunId: 'agent-run-1',
    attempts: 1,
    minutes: 12,
    url: 'https://agents.example/run/7',
    pullRequests: [],
    problem: null,
    summary: 'It reads well.',
    findings: [],
    dropped: 0,
    ...overrides,
  };
}

/** Something that an agent has found. */
export function agentFinding(overrides: Partial<AgentFinding> = {}): AgentFinding {
  return {
    topic: 'error-handling',
    severity: 'high',
    path: 'orders/payment.py',
    line: 31,
    title: 'A failed charge counts as paid.',
    detail: 'The status is not looked at.\n\nRaise for it.',
    ...overrides,
  };
}
