import { expect, test } from 'vitest';
import { serverError } from '../../support/faulty-answers.ts';
import { startWithLinear } from './answers-fixture.ts';

test('the issue shows first that the analysis runs, then its report, in one comment', async () => {
  const seen: { state: string; comments: string[] }[] = [];
  const { host, input, linear } = await startWithLinear({
    config: { linear: { doneLabel: 'analysed' } },
    change: (tasks) => ({
      getComponentFiles: async (request, log) => {
        const { comments, state } = linear.issue('ENG-1');
        seen.push({ state, comments: comments.map(({ body }) => body) });
        return tasks.getComponentFiles(request, log);
      },
    }),
  });

  const run = await host.analyse(input);

  expect(run).toMatchObject({
    state: 'succeeded',
    result: { answers: [{ place: 'ENG-1', state: 'shown' }] },
  });
  expect(seen).toEqual([
    { state: 'In Progress', comments: [expect.stringContaining('reading the files')] },
  ]);
  const issue = linear.issue('ENG-1');
  expect(issue).toMatchObject({
    state: 'Todo',
    labels: ['component-analysis', 'analysed'],
    comments: [{ body: expect.stringContaining(`https://cicd.example/runs/${run.id}`) }],
    attachments: [
      {
        url: expect.stringMatching(/^https:\/\/cicd\.example\/answers\/[\da-f-]{36}$/),
        title: 'Component analysis of orders',
        subtitle: expect.stringContaining('first report'),
      },
    ],
  });
  expect(linear.violations).toEqual([]);
  expect(linear.requests.length).toBeLessThanOrEqual(4);
});

test('another run of the issue writes over what the one before has left', async () => {
  const { host, input, linear } = await startWithLinear();
  await host.analyse(input);
  const before = linear.issue('ENG-1');
  const { id } = await host.analyse(input);

  const after = linear.issue('ENG-1');
  expect(after.comments).toHaveLength(1);
  expect(after.comments[0]?.id).toBe(before.comments[0]?.id);
  expect(after.comments[0]?.body).toContain(id);
  expect(after.attachments).toHaveLength(1);
  expect(after.attachments[0]?.url).toBe(before.attachments[0]?.url);
  expect(after.state).toBe('Todo');
});

test('a failed analysis says what failed, and moves the issue back', async () => {
  const { host, input, linear } = await startWithLinear({
    config: { linear: { doneLabel: 'analysed', states: { done: 'In Review' } } },
  });

  const run = await host.analyse({ ...input, paths: ['nothing/**'] });

  expect(run).toMatchObject({
    state: 'failed',
    error: { message: expect.stringContaining('has no files') },
  });
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    labels: ['component-analysis'],
    comments: [{ body: expect.stringContaining('has no files') }],
    attachments: [],
  });
});

test('an issue goes on to the configured state with its report', async () => {
  const { host, input, linear } = await startWithLinear({
    config: { linear: { states: { done: 'In Review' } } },
  });
  await host.analyse(input);
  expect(linear.issue('ENG-1').state).toBe('In Review');
});

test('also where it could not be moved at the beginning', async () => {
  const { host, input, linear } = await startWithLinear({
    config: { linear: { states: { done: 'In Review' } } },
  });
  linear.script([{ answer: serverError(), when: ({ kind }) => kind === 'mutation' }]);
  await host.analyse(input);
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'In Review',
    comments: [{ body: expect.stringContaining('first report') }],
  });
});

test('where a person has put the issue meanwhile, it stays', async () => {
  const { host, input, linear } = await startWithLinear({
    config: { linear: { states: { done: 'In Review' } } },
    change: (tasks) => ({
      report: (request, log) => {
        linear.act.move('ENG-1', 'Backlog');
        return tasks.report(request, log);
      },
    }),
  });
  await host.analyse(input);
  expect(linear.issue('ENG-1').state).toBe('Backlog');
});

test('a comment that a person has deleted is made anew', async () => {
  const { host, input, linear } = await startWithLinear();
  await host.analyse(input);
  const [first] = linear.issue('ENG-1').comments;
  linear.act.deleteComment(first?.id ?? '');
  await host.analyse(input);
  const { comments } = linear.issue('ENG-1');
  expect(comments).toHaveLength(1);
  expect(comments[0]?.id).not.toBe(first?.id);
});

test('a comment of other credentials, which nobody else may edit, is followed by another', async () => {
  const { host, input, linear, restart } = await startWithLinear();
  await host.analyse(input);
  await host.close();
  const { clientId, clientSecret } = linear.credentials;
  const secrets = { LINEAR_CLIENT_ID: clientId, LINEAR_CLIENT_SECRET: clientSecret };
  const next = restart({ secrets });
  const runs = [await next.analyse(input), await next.analyse(input)];

  expect(runs.map(({ result }) => result)).toMatchObject([
    { answers: [{ state: 'shown' }] },
    { answers: [{ state: 'shown' }] },
  ]);
  const { comments, state } = linear.issue('ENG-1');
  expect(state).toBe('Todo');
  expect(comments).toHaveLength(2);
  expect(comments[1]?.body).toContain(runs[1]?.id);
});

test('an issue that names no component is told what there is', async () => {
  const { host, input, linear } = await startWithLinear();
  await host.analyse({
    kind: 'unknown-component',
    wanted: 'Analyse something',
    known: ['orders'],
    origin: input.origin,
  });
  expect(linear.issue('ENG-1')).toMatchObject({
    state: 'Todo',
    comments: [{ body: expect.stringContaining('orders') }],
    attachments: [],
  });
});

test('a name that the team does not have is told in the log, and the rest stands', async () => {
  const { host, input, linear } = await startWithLinear({
    config: { linear: { doneLabel: 'missing', states: { running: 'Working' } } },
  });
  const { id } = await host.analyse(input);
  const lines = await host.engine.logs(id);
  const warnings = lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
  expect(warnings).toEqual([
    expect.stringMatching(/no state "Working".*cicd linear init/),
    expect.stringMatching(/label "missing".*cicd linear init/),
  ]);
  expect(linear.issue('ENG-1').comments).toHaveLength(1);
});
