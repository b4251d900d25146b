import { expect, test } from 'vitest';
import { expectOneOfEach, killWhen } from './kill-host.ts';
import { createStoryWorld, deliver, untilAnalysed } from './story-world.ts';

/** How many requests Linear gets for one analysis. */
const linearRequests = 6;

/** What GitHub is asked for one analysis. */
const githubOperations = [
  'apps/get-repo-installation',
  'apps/create-installation-access-token',
  'repos/get-commit',
  'repos/download-tarball-archive',
  'checks/list-for-ref',
  'checks/create',
] as const;

/** The request is carried out, its answer never arrives, and then the host is gone. */
test.each(Array.from({ length: linearRequests }, (_, index) => index + 1))(
  "killed while it waits for Linear's answer number %i, a run leaves one of each",
  async (number) => {
    const world = await createStoryWorld();
    let [seen, hangs] = [0, false];
    world.linear.script([
      {
        answer: { kind: 'hang' },
        carriedOut: true,
        when: () => {
          seen += 1;
          hangs ||= seen === number;
          return seen === number;
        },
      },
    ]);
    const host = await world.startHost();
    await deliver(host, world.linear.act.label('ENG-2', 'component-analysis'));

    const next = await killWhen(world, host, () => hangs);
    const run = await untilAnalysed(next);

    expect(run.state).toBe('succeeded');
    expectOneOfEach(world);
  },
  60_000,
);

test.each(githubOperations)(
  'killed while it waits for GitHub to answer %s, a run leaves one of each',
  async (operation) => {
    const world = await createStoryWorld();
    const { github } = world;
    const host = await world.startHost();
    github.script({ operation, fault: { kind: 'hang' }, done: true });
    await deliver(host, world.linear.act.label('ENG-2', 'component-analysis'));

    const isCreated = () => github.repository('acme/shop').checkRuns.length > 0;
    const next = await killWhen(world, host, () => {
      const isAsked = github.requests.some((request) => request.operation === operation);
      return isAsked && (operation !== 'checks/create' || isCreated());
    });
    const run = await untilAnalysed(next);

    expect(run.state).toBe('succeeded');
    expectOneOfEach(world);
  },
  60_000,
);
