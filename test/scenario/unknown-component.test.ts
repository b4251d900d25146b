import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../infra/local/engine/engine.ts';
import { pages } from '../../infra/local/http/pages.ts';
import { runsApi } from '../../infra/local/http/runs-api.ts';
import { createRunDesk } from '../../infra/local/run-desk.ts';
import { createRunReader } from '../../infra/local/run-reader.ts';
import { keepRunLog } from '../../infra/local/run-log-sink.ts';
import { createFolderBlobs } from '../../lib/adapters/folder/blobs.ts';
import { createFolderSourceHost } from '../../lib/adapters/folder/source-host.ts';
import { createThreadedInspector } from '../../lib/analysis/threaded-inspector.ts';
import { componentAnalysis } from '../../lib/flows/component-analysis/run.ts';
import { createAnalysisTasks } from '../../lib/flows/component-analysis/tasks/create-analysis-tasks.ts';
import { configSchema } from '../../lib/runtime/config-schema.ts';
import { setLogSink, writeJsonLine } from '../../lib/runtime/logging.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The flow on the real engine and real files, looked at by the host's own API and pages. */
function startAnalyses() {
  const folder = temporaryFolder();
  const blobs = createFolderBlobs(join(folder, 'blobs'));
  const engine = createEngine({ databaseFile: join(folder, 'cicd.db'), codeVersion: 'one' });
  onTestFinished(() => engine.close());
  setLogSink(keepRunLog(engine, () => {}));
  onTestFinished(() => setLogSink(writeJsonLine));
  const handler = componentAnalysis.handler(async () =>
    createAnalysisTasks({
      blobs,
      clock: { now: () => new Date('2026-03-01T10:00:00.000Z') },
      inspector: createThreadedInspector(),
      sourceHost: createFolderSourceHost(folder),
    }),
  );
  engine.register({ ...componentAnalysis, handler });
  engine.resume();
  const config = { config: configSchema.parse({}), folder };
  const desk = createRunDesk(engine, createRunReader(engine, blobs), config);
  return { engine, api: runsApi(desk), pages: pages(desk, { get: async () => null }) };
}

async function reportOn(input: unknown) {
  const { api, engine, pages: site } = startAnalyses();
  const { runId } = await engine.start({
    flow: componentAnalysis.name,
    name: 'asked',
    input,
    cause: { kind: 'delivery', deliveryId: 'delivery-1' },
  });
  return { run: await engine.waitForRun(runId), api, site };
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
    tasks: [{ name: 'report', state: 'succeeded' }],
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
