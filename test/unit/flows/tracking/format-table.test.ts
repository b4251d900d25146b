import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrackingRow } from '../../../../lib/domain/tracking/tracking-rows.ts';
import { formatTable } from '../../../../lib/flows/tracking/format-table.ts';
import { buildComponent } from '../../../builders/events.ts';
import { componentIssue, componentResult } from '../../../builders/tracking.ts';
import { hostileText, readMarkdown } from '../../../support/markdown.ts';

const linkTo = (runId: string) => `https://cicd.example/runs/${runId}`;

function row(overrides: Partial<TrackingRow> = {}): TrackingRow {
  return {
    component: buildComponent('orders'),
    issues: [componentIssue()],
    result: componentResult(),
    ...overrides,
  };
}

test('shows issue, state, last run and findings of each component', () => {
  const findings = { open: { critical: 0, high: 0, medium: 0, low: 3, info: 0 }, new: 1, fixed: 2 };
  const text = formatTable(
    [
      row(),
      row({
        component: buildComponent('web'),
        issues: [],
        result: componentResult({ runId: 'run-2', state: 'failed', findings }),
      }),
      row({ component: buildComponent('jobs'), issues: [], result: undefined }),
      row({ component: undefined, result: undefined }),
    ],
    linkTo,
  );
  expect(text.split('\n')).toEqual([
    '### Component analyses',
    '',
    '**3 components, 1 not analysed yet, 1 failed** · 2 high, 5 medium, 3 low',
    '',
    '| Component | Issue | State | Last run | Open findings | New | Fixed |',
    '| --- | --- | --- | --- | --- | ---: | ---: |',
    '| `orders` | [ENG-7](https://linear.app/acme/issue/ENG-7) | Todo | [2026-03-01 10:00 UTC](https://cicd.example/runs/run-1) | 2 high, 5 medium | – | – |',
    '| `web` | – | – | [2026-03-01 10:00 UTC](https://cicd.example/runs/run-2), **failed** | 3 low | 1 | 2 |',
    '| `jobs` | – | – | – | – | – | – |',
    '| – | [ENG-7](https://linear.app/acme/issue/ENG-7) | Todo | – | – | – | – |',
    '',
    'Kept up to date after each analysis.',
  ]);
});

const issueLink = (identifier: string) =>
  `[${identifier}](https://linear.app/acme/issue/${identifier})`;

test('where a component has several issues, says which of them is in which state', () => {
  const done = componentIssue({ identifier: 'ENG-9', state: { name: 'Done' } });
  const text = formatTable([row({ issues: [componentIssue(), done] })], linkTo);
  expect(text).toContain(`| ${issueLink('ENG-7')} Todo, ${issueLink('ENG-9')} Done |`);
});

test('names the repository where there are several', () => {
  const other = buildComponent('orders', { repository: 'acme/copy' });
  const text = formatTable([row(), row({ component: other })], linkTo);
  expect(text).toContain('| `acme/shop/orders` |');
  expect(text).toContain('| `acme/copy/orders` |');
});

test('says where runs open that nobody else can reach', () => {
  const text = formatTable([row()], (runId) => `http://localhost:4200/runs/${runId}`);
  expect(text).toContain('Runs open where npm start or cicd ui shows the pages.');
});

describe('whatever the tracker says', () => {
  test('names and addresses of issues make no markup', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (identifier, state, path) => {
        const url = `https://linear.app/${path}`;
        const issue = componentIssue({ identifier, url, state: { name: state } });
        const { blocks, links, marks } = readMarkdown(
          formatTable([row({ issues: [issue] })], linkTo),
        );
        const outside = /^https:\/\/(?:linear\.app\/|cicd\.example\/runs\/run-1$)/;
        expect(links.filter((link) => !outside.test(link))).toEqual([]);
        expect([...blocks, ...marks].filter((type) => /html|image|fence/.test(type))).toEqual([]);
        expect(blocks.filter((type) => type === 'td_open')).toHaveLength(7);
      }),
    );
  });

  test('a long table is cut between rows', () => {
    const rows = Array.from({ length: 2_000 }, (_, index) =>
      row({ component: buildComponent(`part-${index}`) }),
    );
    const text = formatTable(rows, linkTo);
    const shown = text.match(/^\| `part-\d+` .* \|$/gm)?.length ?? 0;
    expect(text.length).toBeLessThanOrEqual(50_000);
    expect(shown).toBeGreaterThan(200);
    expect(text).toContain(`… and ${2_000 - shown} more`);
  });
});
