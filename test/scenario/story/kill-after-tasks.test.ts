import { expect, test } from 'vitest';
import { expectOneOfEach, killWhen } from './kill-host.ts';
import {
  createStoryWorld,
  deliver,
  doneTasks,
  untilAnalysed,
  untilStarted,
} from './story-world.ts';

/** In the order in which the run does them. */
const tasks = [
  'answer: begin',
  'get component files',
  'analyse code quality',
  'analyse architecture',
  'analyse integration points',
  'report',
  'answer: ENG-2',
  'answer: check run in acme/shop',
];

test.each(tasks)(
  'killed after the task "%s", a run leaves one of each',
  async (task) => {
    const world = await createStoryWorld();
    const host = await world.startHost();
    await deliver(host, world.linear.act.label('ENG-2', 'component-analysis'));
    const runId = await untilStarted(host);

    const next = await killWhen(world, host, async () =>
      (await doneTasks(host, runId)).includes(task),
    );
    const run = await untilAnalysed(next);

    expect(run).toMatchObject({ id: runId, state: 'succeeded' });
    expectOneOfEach(world);
  },
  60_000,
);
