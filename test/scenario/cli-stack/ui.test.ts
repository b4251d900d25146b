import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAgentPause } from '../../../lib/flows/agent-pause.ts';
import { createAnswerRecords } from '../../../lib/flows/answers/answer-records.ts';
import { saveReport } from '../../../lib/flows/component-analysis/report-storage.ts';
import { createDeliveryRecords } from '../../../lib/flows/dispatch/delivery-records.ts';
import { buildAnswerRecord } from '../../builders/answer-records.ts';
import { buildPush } from '../../builders/events.ts';
import { report } from '../../builders/reports.ts';
import { deployFlow, ruleState, stackName } from './deployed-stack.ts';
import { deployProject, type StackProject } from './stack-project.ts';

/** Begins `cicd ui`. @returns where it shows the pages */
async function showPages(project: StackProject, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = project.beginOnStack('ui --port 0', env);
  let said = '';
  for await (const piece of child.stdout) {
    said += String(piece);
    const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('cicd ui has ended');
}

/** A page as a browser asks for it. */
async function page(address: string): Promise<{ status: number; text: string }> {
  const response = await fetch(address, { headers: { Accept: 'text/html' } });
  return { status: response.status, text: await response.text() };
}

async function post(address: string, body?: unknown): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const runsSchema = z.object({ runs: z.array(z.object({ id: z.string() })) });

async function runIds(address: string): Promise<string[]> {
  const { runs } = runsSchema.parse(await (await fetch(address)).json());
  return runs.map(({ id }) => id);
}

test('shows the runs, reports and answers of a stack, and says whose they are', async () => {
  const project = await deployProject();
  deployFlow(project, 'component-analysis', async () => ({
    report: await saveReport(project.blobs, report()),
  }));
  await project.onStack('analyze orders');
  const pages = await showPages(project);
  const [id = ''] = await runIds(`${pages}/api/runs`);
  const { place, run: answering } = buildAnswerRecord();
  const answers = createAnswerRecords(project.store, Date.now);
  const answered = await answers.open(place, { ...answering, id });

  const [list, run, shown, answer] = await Promise.all([
    page(pages),
    page(`${pages}/runs/${id}`),
    page(`${pages}/runs/${id}/report`),
    page(`${pages}/answers/${answered?.key}`),
  ]);
  expect(list.text).toContain(`<a href="/runs/${id}/report">Report</a>`);
  expect(run.text).toContain('component-analysis has run');
  expect(shown.text).toContain('orders');
  expect(answer.text).toContain(`Run ${id}`);
  for (const { status, text: shownText } of [list, run, shown, answer]) {
    expect(status).toBe(200);
    expect(shownText).toContain(`<strong class="stack">${stackName}</strong>`);
  }
});

test('shows deliveries, schedules and agents, with commands that steer the stack', async () => {
  const project = await deployProject();
  const event = buildPush();
  await createDeliveryRecords(project.store, Date.now).add(event);
  await createAgentPause(project.store, Date.now).pause();
  const pages = await showPages(project);
  const [deliveries, delivery, schedules, agents] = await Promise.all([
    page(`${pages}/deliveries`),
    page(`${pages}/deliveries/${event.deliveryId}`),
    page(`${pages}/schedules`),
    page(`${pages}/agents`),
  ]);
  const onStack = `--stack ${stackName}</code>`;
  expect(deliveries.text).toContain(`/deliveries/${event.deliveryId}`);
  expect(deliveries.text).toContain(`cicd -- resume ${onStack}`);
  expect(delivery.text).toContain(`replay ${event.deliveryId} --dry-run ${onStack}`);
  expect(schedules.text).toContain('<td>system-health</td>');
  expect(agents.text).toContain(`secrets set NAME --stack ${stackName}`);
  expect(schedules.text).toContain(`schedules run|pause|resume NAME ${onStack}`);
});

test('its API steers the stack', async () => {
  const project = await deployProject();
  deployFlow(project, 'system-health');
  deployFlow(project, 'autonomous-cicd');
  const pages = await showPages(project);
  const started = await post(`${pages}/api/runs`, { flow: 'system-health', input: {} });
  expect(started.status).toBe(201);
  expect(await runIds(`${pages}/api/runs?flow=system-health`)).toHaveLength(1);

  await post(`${pages}/api/schedules/system-health/pause`);
  expect(ruleState(project, 'system-health')).toBe('DISABLED');
  await post(`${pages}/api/agents/pause`);
  expect(await createAgentPause(project.store, Date.now).get()).not.toBeNull();
  await post(`${pages}/api/agents/resume`);
  expect(await createAgentPause(project.store, Date.now).get()).toBeNull();
  expect(await runIds(`${pages}/api/runs?flow=autonomous-cicd`)).toHaveLength(1);
});

/** The status of what a browser would not send, but a tunnel or a stranger's page. */
async function statusOf(address: string, headers: Record<string, string>): Promise<number> {
  const asked = request(address, { headers, method: 'POST' }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

test('answers nobody but this machine, and takes no deliveries', async () => {
  const project = await deployProject();
  const pages = await showPages(project);
  const pause = `${pages}/api/agents/pause`;
  expect(await statusOf(pause, { 'X-Forwarded-For': '203.0.113.7' })).toBe(403);
  expect(await statusOf(pause, { Host: 'cicd.acme.example' })).toBe(403);
  expect(await statusOf(pause, { Origin: 'https://stranger.example' })).toBe(403);
  expect(await createAgentPause(project.store, Date.now).get()).toBeNull();
  expect(await statusOf(`${pages}/webhooks/github`, {})).toBe(404);
});

test('what AWS refuses is a page with what to do', async () => {
  const project = await deployProject();
  const statements = [
    { Effect: 'Allow' as const, Action: 'cloudformation:DescribeStacks', Resource: '*' },
  ];
  const ann = project.aws.issue({ arn: 'arn:aws:iam::123456789012:user/ann', statements });
  const pages = await showPages(project, project.aws.environmentOf(ann));
  const refused = await page(`${pages}/deliveries`);
  expect(refused.status).toBe(502);
  expect(refused.text).toContain('AWS does not allow you dynamodb:Query on');
  expect(refused.text).toContain(stackName);
});

test('without a stack, or at a port in use, it says what to do', async () => {
  const project = await deployProject();
  const { port } = new URL(await showPages(project));
  const [here, taken] = await Promise.all([
    project.run('ui'),
    project.onStack(`ui --port ${port}`),
  ]);
  expect(here).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('npm start') });
  expect(taken.exitCode).toBe(1);
  expect(taken.stderr).toContain(`Port ${port} is in use. Choose another (cicd ui --stack`);
});

test('tells whose pages it shows; Ctrl-C ends it', async () => {
  const project = await deployProject();
  const child = project.beginOnStack('ui --port 0');
  const [told] = await once(child.stdout, 'data');
  expect(String(told)).toContain(`the stack ${stackName}`);
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect({ exitCode, stderr: await text(child.stderr) }).toEqual({ exitCode: 0, stderr: '' });
});
