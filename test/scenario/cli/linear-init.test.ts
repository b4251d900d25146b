import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { spawnCicd } from '../../support/run-cicd.ts';
import type { FaultyAnswer } from '../../support/faulty-answers.ts';
import type { LinearServer } from '../../support/linear/linear-server.ts';
import { setUpProject, usualConfig, type SetUpProject } from './set-up-fixture.ts';

const { linear: _, ...withoutLinear } = usualConfig;
const bare = { ...withoutLinear, linear: { team: 'ENG' } };

/** A workspace without any issue or label, and nothing configured but the team. */
function emptyWorkspace(config: object = bare): Promise<SetUpProject> {
  return setUpProject({ config, linear: { issues: [], labels: [] } });
}

/** All that is there: labels, and issues with their parents. */
function madeIn({ world }: LinearServer) {
  const titleOf = (id: string | null) => world.issues.find((issue) => issue.id === id)?.title;
  return {
    labels: world.labels.map(({ name }) => name),
    issues: world.issues.map(({ parentId, title }) => [titleOf(parentId) ?? null, title]),
  };
}

const allOnce = {
  labels: ['component-analysis'],
  issues: [
    [null, 'Component analysis'],
    ['Component analysis', 'Component analysis: orders'],
    ['Component analysis', 'Component analysis: pages'],
  ],
};

describe('cicd linear init', () => {
  it('makes the label, the tracking issue and a sub-issue for each component', async () => {
    const project = await emptyWorkspace();
    const { exitCode, stderr, stdout } = await project.cicd('linear init');
    expect(exitCode).toBe(0);
    expect(madeIn(project.linear)).toEqual(allOnce);
    expect(project.linear.issue('ENG-2').description).toMatch(
      /^Give this issue the label `component-analysis` to have `orders` analysed/,
    );
    expect(stderr.split('\n')).toEqual([
      'label “component-analysis”  created',
      'ENG-1  tracking issue  created',
      'ENG-2  orders  created',
      'ENG-3  pages  created',
      '',
    ]);
    expect(stdout).toContain("linear: { trackingIssue: 'ENG-1' }");
    expect(stdout).toContain('Give a sub-issue the label “component-analysis”');
  });

  it('run again, makes nothing twice and says the same', async () => {
    const project = await emptyWorkspace();
    const first = await project.cicd('linear init');
    const second = await project.cicd('linear init');
    expect(second.stderr).toContain('ENG-2  orders  is there');
    expect(second.stderr).not.toContain('created');
    expect(second.stdout).toBe(first.stdout);
    expect(madeIn(project.linear)).toEqual(allOnce);
    expect(project.linear.duplicates).toEqual([]);
  });

  it('finds issues that people have made by what the configuration says, and by their titles', async () => {
    const config = {
      ...withoutLinear,
      linear: { trackingIssue: 'ENG-1', issues: { 'ENG-2': 'orders' }, doneLabel: 'analysed' },
    };
    const project = await setUpProject({ config, linear: { issues: ['Our code'] } });
    const { id: parentId } = project.linear.issue('ENG-1');
    project.linear.act.createIssue({ title: 'What customers buy', parentId });
    project.linear.act.createIssue({ title: 'Look at pages', parentId });
    expect(await project.json('linear init')).toEqual({
      trackingIssue: 'ENG-1',
      issues: [
        { component: 'orders', identifier: 'ENG-2', created: false },
        { component: 'pages', identifier: 'ENG-3', created: false },
      ],
    });
    expect(project.linear.world.issues).toHaveLength(3);
    const { stdout } = await project.cicd('linear init');
    expect(stdout).not.toContain('cicd.config.ts');
  });

  it('adds the sub-issue of a component that is new', async () => {
    const project = await setUpProject();
    const { id: parentId } = project.linear.issue('ENG-1');
    project.linear.act.createIssue({ title: 'Look at orders', parentId });
    expect(await project.json('linear init')).toMatchObject({
      issues: [{ created: false }, { component: 'pages', identifier: 'ENG-3', created: true }],
    });
  });

  it.each(['issueLabelCreate', 'issueCreate'])(
    'makes nothing twice when the answer to %s got lost',
    async (field) => {
      const project = await emptyWorkspace();
      project.linear.script([lostAnswer(field, { kind: 'reset' })]);
      const { exitCode } = await project.cicd('linear init');
      expect(exitCode).toBe(0);
      expect(madeIn(project.linear)).toEqual(allOnce);
    },
  );

  it.each([0, 1, 2, 3])(
    'goes on where it was cut off, after %i of four things were made',
    async (made) => {
      const project = await emptyWorkspace();
      const lost = lostAnswer('Create', failure);
      let creations = 0;
      const when: typeof lost.when = (request) => lost.when(request) && (creations += 1) > made;
      project.linear.script([{ ...lost, when, times: Infinity }]);
      const cut = await project.cicd('linear init');
      expect(cut.exitCode).toBe(1);
      expect(cut.stderr).toContain('Linear has failed (500)');
      project.linear.clearScript();
      expect((await project.cicd('linear init')).exitCode).toBe(0);
      expect(madeIn(project.linear)).toEqual(allOnce);
    },
  );

  it('goes on after it was killed while Linear made an issue', async () => {
    const project = await emptyWorkspace();
    project.linear.script([lostAnswer('issueCreate', { kind: 'hang' })]);
    const child = spawnCicd(['linear', 'init', '--config', `${project.folder}/cicd.config.ts`]);
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    await expect.poll(() => project.linear.world.issues.length, { timeout: 10_000 }).toBe(1);
    child.kill('SIGKILL');
    await ended;
    expect((await project.cicd('linear init')).exitCode).toBe(0);
    expect(madeIn(project.linear)).toEqual(allOnce);
  });

  it('tells which states the team has, where the configuration names others, and colours nothing', async () => {
    const project = await emptyWorkspace({
      ...bare,
      linear: { team: 'ENG', states: { running: 'Working' } },
    });
    const red = { id: randomUUID(), name: '\u001B[31mRed', type: 'started' };
    project.linear.world.teams[0]?.states.push(red);
    const { exitCode, stderr } = await project.cicd('linear init');
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('\u001B');
    expect(stderr).toContain('The team ENG has no state “Working”');
    expect(stderr).toContain('Backlog, Canceled, Done, In Progress');
  });

  it.each([
    ['no team', { ...bare, linear: {} }, 'linear init', 'or --team ENG'],
    [
      'a team that is not there',
      bare,
      'linear init --team OPS',
      'There is no team OPS in Linear that we may see; we see ENG (Engineering).',
    ],
    [
      'a tracking issue that is not there',
      { ...bare, linear: { trackingIssue: 'ENG-99' } },
      'linear init',
      'There is no issue ENG-99',
    ],
    ['no component', { linear: { team: 'ENG' } }, 'linear init', 'No component is configured'],
  ])('says what to do about %s, and makes nothing', async (...[, config, command, told]) => {
    const project = await emptyWorkspace(config);
    const { exitCode, stderr } = await project.cicd(command);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
    expect(madeIn(project.linear)).toEqual({ labels: [], issues: [] });
  });

  it('says what is missing without credentials', async () => {
    const project = await setUpProject({ env: {} });
    const { exitCode, stderr } = await project.cicd('linear init');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('set LINEAR_API_KEY, or LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET');
  });
});

const failure: FaultyAnswer = { kind: 'answer', status: 500, headers: {}, body: '' };

/** What was asked for is done, and nobody learns of it. */
function lostAnswer(field: string, answer: FaultyAnswer) {
  return {
    answer,
    carriedOut: true,
    when: ({ fields }: { fields: string[] }) => fields.some((name) => name.includes(field)),
  };
}
