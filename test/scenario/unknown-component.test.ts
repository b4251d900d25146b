import { expect, test } from 'vitest';
import { pages } from '../../infra/local/http/pages.ts';
import { runsApi } from '../../infra/local/http/runs-api.ts';
import { createRunDesk } from '../../infra/desk/run-desk.ts';
import { createRunReader } from '../../infra/desk/run-reader.ts';
import { buildAgentDesk } from '../builders/agent-desk.ts';
import { startAnalysisHost } from '../support/analysis-host.ts';

/** Looks at a run by the host's own API and pages. */
async function reportOn(input: unknown) {
  const { analyse, blobs, config, engine } = startAnalysisHost();
  const { desk: agents } = await buildAgentDesk();
  const desk = createRunDesk(engine, { agents, config, reader: createRunReader(engine, blobs) });
  const site = pages({
    agents,
    runs: desk,
    pause: { get: async () => null },
  });
  return { run: await analyse(input), api: runsApi(desk), site };
}

test('a run without a component to analyse succeeds with a report of what there is', async () => {
  const origin = { kind: 'linear-issue', id: 'id-1', identifier: 'ZAM-1084' };
  const { api, run, site } = await reportOn({
    kind: 'unknown-component',
    wanted: `<script> ${'long '.repeat(100)}`,
    known: ['web', 'lib'],
    origin,
  });
  expect(run).toMatchObject({
    state: 'succeeded',
    subject: expect.stringMatching(/^no single component in “<script> long .*…$/),
    hasReport: true,
    tasks: [
      { name: 'answer: begin', state: 'succeeded' },
      { name: 'report', state: 'succeeded' },
      { name: 'answer: ZAM-1084', state: 'succeeded' },
    ],
    result: {
      answers: [{ place: 'ZAM-1084', state: 'owed', why: 'no credentials of Linear are set' }],
    },
  });

  const json = await api.request(`/${run.id}/report`);
  expect(await json.json()).toMatchObject({
    kind: 'unknown-component',
    wanted: expect.stringMatching(/^<script> .{180,190}…$/),
    known: ['lib', 'web'],
    origin,
  });
  const markdown = await api.request(`/${run.id}/report`, { headers: { Accept: 'text/markdown' } });
  expect(await markdown.text()).toMatch(/^# No component to analyse\n/);
  const page = await (await site.request(`/runs/${run.id}/report`)).text();
  expect(page).toContain('<h1>No component to analyse</h1>');
  expect(page).toContain('&lt;script&gt;');
  const list = await (await site.request('/')).text();
  expect(list).toContain(`<a href="/runs/${run.id}/report">Report</a>`);
});

test('an input that is neither says what is wrong with it', async () => {
  const { run } = await reportOn({ repository: 'acme/shop', component: 'lib', paths: [] });
  expect(run).toMatchObject({ state: 'failed', hasReport: false });
  expect(run.error?.message).toContain('paths:');
});
