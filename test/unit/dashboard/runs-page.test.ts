import { expect, test } from 'vitest';
import { runsPage, type RunsFilter } from '../../../lib/dashboard/runs-page.ts';
import type { RunSummary } from '../../../lib/domain/run.ts';
import { runSummary } from '../../builders/runs.ts';

const flows = ['component-analysis', 'system-health'];
const usual: RunsFilter = { select: 'without-routine', flow: undefined };

async function page(
  runs: RunSummary[],
  { filter = usual, next = null }: { filter?: RunsFilter; next?: string | null } = {},
): Promise<string> {
  return String(await runsPage({ runs, next }, { filter, flows, pause: null }));
}

/** Links of the page's own choices, the current one marked. */
function choicesIn(text: string): string[] {
  const [, choices = ''] = /<nav class="choices"[^>]*>([\s\S]*?)<\/nav>/.exec(text) ?? [];
  return [...choices.matchAll(/<a href="([^"]*)"\s*(aria-current="page")?/g)].map(
    ([, address, current]) => `${address}${current === undefined ? '' : ' (shown)'}`,
  );
}

test('a row says what a run works on and leads to the run and its report', async () => {
  const text = await page([runSummary({ id: 'abcdef0123', subject: 'a <b> of acme/shop' })]);
  expect(text).toContain('<a href="/runs/abcdef0123"><code>abcdef01</code></a>');
  expect(text).toContain('a &lt;b&gt; of acme/shop');
  expect(text).toContain('<a href="/runs/abcdef0123/report">Report</a>');
  expect(await page([runSummary({ hasReport: false })])).not.toContain('/report"');
});

test('one can choose all runs, those of a flow, and what needs attention', async () => {
  expect(choicesIn(await page([]))).toEqual([
    '/ (shown)',
    '/?select=all',
    '/?flow=component-analysis',
    '/?flow=system-health',
    '/?select=attention',
  ]);
  const ofFlow = await page([], { filter: { select: 'all', flow: 'system-health' } });
  expect(choicesIn(ofFlow)).toContain('/?flow=system-health (shown)');
  expect(choicesIn(ofFlow)).toContain('/?select=all');
});

test('older runs are those of the same choice', async () => {
  const filter: RunsFilter = { select: 'attention', flow: undefined };
  const text = await page([runSummary()], { filter, next: '17' });
  expect(text).toContain('<a href="/?select=attention&amp;cursor=17">Older runs</a>');
});

test('a page without runs says whether that is good', async () => {
  expect(await page([])).toContain('No run yet');
  expect(await page([], { filter: { select: 'attention', flow: undefined } })).toContain(
    'Nothing needs attention',
  );
});

test('the page loads itself again while a run is going on', async () => {
  expect(await page([runSummary({ state: 'waiting', endedAt: null })])).toContain('refresh');
  expect(await page([runSummary()])).not.toContain('refresh');
});
