import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severities } from '../../../../lib/domain/finding.ts';
import type { Report } from '../../../../lib/domain/report.ts';
import {
  formatFailureComment,
  formatProgressComment,
  formatReportComment,
} from '../../../../lib/flows/component-analysis/format/format-comment.ts';
import { finding } from '../../../builders/findings.ts';
import {
  counted,
  integrationPoint,
  report,
  reportAfterAnother,
} from '../../../builders/reports.ts';
import { hostileText, readMarkdown } from '../../../support/markdown.ts';

const runLink = 'https://cicd.example/runs/run-1';
const reportLink = `${runLink}/report`;

const comment = (overrides: Partial<Report>, maxCharacters?: number) =>
  formatReportComment(report(overrides), {
    runLink,
    ...(maxCharacters === undefined ? {} : { maxCharacters }),
  });

const onTheSameDay = { generatedAt: '2026-03-01T08:05:00.000Z', commit: 'abcdef0123'.repeat(4) };
/** A comment on a component of one module. */
const commentImportedBy = (fanIn: number) => {
  const module = {
    path: 'a.py',
    language: 'python' as const,
    lines: 10,
    fanIn,
    fanOut: 0,
    instability: 0,
    exports: 1,
    functions: 1,
    maxComplexity: 1,
  };
  return comment({ graph: { modules: [module], edges: [], cycles: [], publicInterface: [] } });
};

describe('the comment with a report', () => {
  test('says what it could not judge', () => {
    const text = comment({ notes: ['TypeScript was not linted.'] });
    expect(text).toContain('#### Not judged in full\n\n- TypeScript was not linted.');
  });

  test('leads with the figures and what has changed, and links what it was compared with', () => {
    const findings = [
      finding({ severity: 'high' }),
      finding({ severity: 'low', fingerprint: 'added' }),
    ];
    const fixedFindings = [finding({ fingerprint: 'gone' })];
    const text = formatReportComment(
      reportAfterAnother({ newFindings: ['added'], fixedFindings }, counted(findings)),
      { runLink },
    );
    expect(text.split('\n').slice(0, 3)).toEqual([
      '### Component analysis of `orders`',
      '',
      '**1 high, 1 low (1 new)** · 1 fixed since the [report of 2026-02-28](https://cicd.example/runs/run-0/report)',
    ]);
  });

  test('tells a report of the same day by its time and commit', () => {
    const previous = { runId: 'run-0', ...onTheSameDay };
    const text = formatReportComment(reportAfterAnother({ previous }), { runLink });
    expect(text).toContain('nothing new since the [report of 08:05 UTC at `abcdef0123`](');
  });

  test('counts nothing that it does not show: findings for information are neither new nor fixed', () => {
    const info = finding({ severity: 'info', fingerprint: 'added' });
    const fixedFindings = [finding({ severity: 'info', fingerprint: 'gone' })];
    const text = formatReportComment(
      reportAfterAnother(
        { new: 1, fixed: 1, newFindings: ['added'], fixedFindings },
        counted([info]),
      ),
      { runLink },
    );
    expect(text).toContain('**Nothing to criticise** · nothing new since');
    expect(text).not.toContain('fixed');
  });

  test('names the module that is imported most, where several import it', () => {
    expect(commentImportedBy(2)).toContain('most imported: `a.py`, by 2 modules');
    expect(commentImportedBy(1)).not.toContain('most imported');
  });

  test('says so when there is nothing to criticise, and when it is the first report', () => {
    expect(comment({})).toContain('**Nothing to criticise** · the first report of this component');
  });

  test('tells five rules in full and the others as rows, each once', () => {
    const rules = ['sql-injection', 'weak-hash', 'bare-except', 'mutable-default', 'eval-use'];
    const serious = rules.map((rule) => finding({ rule, severity: 'high' }));
    const others = [finding({ severity: 'medium' }), finding({ severity: 'medium', line: 9 })];
    const text = comment(counted([...serious, ...others]));
    expect(text.match(/^\d\. \*\*high\*\*/gm)).toHaveLength(5);
    expect(text.match(/^\| (?:high|medium|low) .*/gm)).toEqual([
      '| medium | Unused import | 2 | `lib/a.ts:1` |',
    ]);
  });

  test('names new findings that are not among the five', () => {
    const known = ['sql-injection', 'weak-hash', 'bare-except', 'mutable-default', 'eval-use'];
    const findings = known.map((rule) =>
      finding({ rule, severity: 'high', fingerprint: `known ${rule}` }),
    );
    const added = finding({ severity: 'low', path: 'lib/new.ts', fingerprint: 'added' });
    const text = formatReportComment(
      reportAfterAnother({ newFindings: ['added'] }, counted([...findings, added])),
      { runLink },
    );
    expect(text).toContain('#### New\n\n- low · `lib/new.ts:1` — `os` is imported and never used.');
  });

  test('names what was fixed', () => {
    const fixedFindings = [finding({ path: 'lib/gone.ts', line: 3 })];
    const text = formatReportComment(reportAfterAnother({ fixedFindings }), { runLink });
    expect(text).toContain('#### Fixed\n\n- Unused import, `lib/gone.ts:3`');
  });

  test('shows integration points that hang or fail unseen, those without a time limit first', () => {
    const text = comment({
      integrationPoints: [
        integrationPoint({ name: 'requests.get', timeout: true }),
        integrationPoint({ name: 'requests.put', timeout: true, errorHandling: 'swallowed' }),
        integrationPoint({ name: 'requests.post', detail: 'api.example', timeout: false }),
        integrationPoint({ kind: 'file-system', name: 'open', errorHandling: 'none' }),
      ],
    });
    expect(text.match(/^- .* — .*/gm)).toEqual([
      '- `requests.post` `api.example` at `lib/a.py:1` — no time limit',
      '- `requests.put` at `lib/a.py:1` — errors are dropped',
    ]);
    expect(text).toContain('3 HTTP calls, 1 file access. Look at these:');
  });

  test('ends with ref, commit, time and the link', () => {
    const commit = '0123456789'.repeat(4);
    const source = { kind: 'github', repository: 'acme/shop', ref: 'main', commit } as const;
    expect(comment({ source }).split('\n').slice(-3)).toEqual([
      '`acme/shop` (GitHub, `main`) at `0123456789` · 1 file, 10 lines · 2026-03-01 10:00 UTC',
      '',
      `[Full report](${reportLink})`,
    ]);
  });

  test('says where a link opens that leads to the host’s own machine', () => {
    const text = formatReportComment(report(), { runLink: 'http://localhost:4200/runs/run-1' });
    expect(text).toMatch(
      /\/localhost:4200\/runs\/run-1\/report\) \(opens where npm start or cicd ui/,
    );
  });

  test('asks which component is meant where none was named', () => {
    const text = formatReportComment(
      {
        schemaVersion: 1,
        kind: 'unknown-component',
        runId: 'run-1',
        generatedAt: '2026-03-01T10:00:00.000Z',
        wanted: 'Look at [this](https://evil.example)',
        known: Array.from({ length: 25 }, (_, index) => `part-${index}`),
      },
      { runLink },
    );
    expect(readMarkdown(text).links).toEqual([runLink]);
    expect(text.match(/^- `part-\d+`$/gm)).toHaveLength(20);
    expect(text).toContain('… and 5 more');
    const [forReader, forOperator] = text.split('… and 5 more');
    expect(forReader).toContain('Put exactly one of these names into the title');
    expect(forReader).not.toContain('cicd.config.ts');
    expect(forOperator).toContain('restarts the host');
  });
});

const hostileFinding = fc
  .record({
    message: hostileText,
    path: hostileText,
    symbol: hostileText,
    rule: fc.constantFrom('unused-import', 'sql-injection', 'bare-except', 'weak-hash'),
    severity: fc.constantFrom(...severities),
    fingerprint: fc.string(),
  })
  .map((overrides) => finding(overrides));

describe('whatever the analysed code is called', () => {
  const hostileReport = fc
    .record({
      findings: fc.array(hostileFinding, { maxLength: 40 }),
      name: hostileText,
      detail: hostileText,
    })
    .map(({ detail, findings, name }) =>
      report({
        ...counted(findings),
        component: { name, repository: name, paths: ['lib/**'] },
        graph: { modules: [], edges: [], cycles: [[detail, name]], publicInterface: [] },
        integrationPoints: [integrationPoint({ name, detail, path: name, timeout: false })],
      }),
    );

  test('the comment holds no link but its own, no mention, no HTML, no image', () => {
    fc.assert(
      fc.property(hostileReport, (hostile) => {
        const { blocks, links, marks, text } = readMarkdown(
          formatReportComment(hostile, { runLink }),
        );
        expect(links).toEqual([reportLink]);
        expect(text).not.toMatch(/@\w|#\d|ENG-7|GH-1/i);
        expect([...blocks, ...marks].filter((type) => /html|image|fence|quote/.test(type))).toEqual(
          [],
        );
      }),
    );
  });

  test('no comment is longer than allowed, and each ends with the link', () => {
    fc.assert(
      fc.property(hostileReport, fc.integer({ min: 2_000, max: 6_000 }), (hostile, most) => {
        const text = formatReportComment(hostile, { runLink, maxCharacters: most });
        expect(text.length).toBeLessThanOrEqual(most);
        expect(text.endsWith(`[Full report](${reportLink})`)).toBe(true);
      }),
    );
  });
});

test('a comment is cut between lines and says how much is missing', () => {
  const rules = ['sql-injection', 'weak-hash', 'bare-except', 'mutable-default', 'eval-use'];
  const message = 'x'.repeat(390);
  const text = comment(
    counted(rules.map((rule) => finding({ rule, severity: 'high', message }))),
    2_000,
  );
  const shown = text.match(/^\d\. .*\*$/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(0);
  expect(text).toContain(`… and ${5 - shown} more in the full report.\n\n\`acme/shop\``);
});

test('progress says what is being done and since when', () => {
  const text = formatProgressComment({
    component: 'orders',
    repository: 'acme/shop',
    runLink,
    step: 'analyse architecture',
    since: '2026-03-01T10:00:30.000Z',
  });
  expect(text).toBe(
    [
      '### Component analysis of `orders`',
      '**Running:** analyse architecture · since 2026-03-01 10:00 UTC · `acme/shop`',
      `[Follow the run](${runLink})`,
    ].join('\n\n'),
  );
});

describe('a failure', () => {
  test('says why and what to do', () => {
    const text = formatFailureComment({
      subject: 'orders of acme/shop',
      reason: 'The repository is gone.',
      advice: 'Correct the name in cicd.config.ts, then run `cicd doctor`.',
      runLink,
    });
    expect(text).toBe(
      [
        '### The analysis of `orders` of `acme/shop` failed',
        '**Why:** The repository is gone.',
        '**What to do:** Correct the name in `cicd.config.ts`, then run `cicd doctor`.',
        `[The run and its log](${runLink})`,
      ].join('\n\n'),
    );
  });

  test('names what else was asked for as it was said', () => {
    const subject = 'no single component in “List of things”';
    const text = formatFailureComment({ subject, reason: 'It took too long.', runLink });
    expect(text).toContain(`### The analysis failed: \`${subject}\`\n`);
  });

  test('quotes whatever reason as text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (subject, reason) => {
        const read = readMarkdown(formatFailureComment({ subject, reason, runLink }));
        expect(read.links).toEqual([runLink]);
        expect(read.blocks).not.toContain('html_block');
        expect(read.marks).not.toContain('html_inline');
      }),
    );
  });
});
