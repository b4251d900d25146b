import { expect, test } from 'vitest';
import { expectOneOfEach } from './kill-host.ts';
import { goOn, recordedTasks, standStillAfter, untilRecorded } from './stand-still.ts';
import { createStoryWorld, deliver, untilAnalysed } from './story-world.ts';

/** In the order in which the run does them. */
const tasks = [
  'answer: begin',
  'get component files',
  'analyse code quality',
  'analyse architecture',
  'analyse integration points',
  'choose an agent',
  'report',
  'answer: ENG-2',
  'answer: check run in acme/shop',
  'update the tracking issue',
];

test.each(tasks)(
  'killed after the task "%s", a run leaves one of each',
  async (task) => {
    const world = await createStoryWorld();
    const { folder, linear } = world;
    const host = await world.startHost();
    standStillAfter(folder, task);
    await deliver(host, linear.act.label('ENG-2', 'component-analysis'));

    await untilRecorded(folder, task);
    await host.end('SIGKILL');
    expect(await recordedTasks(folder)).toEqual(tasks.slice(0, tasks.indexOf(task) + 1));
    goOn(folder);
    const next = await world.startHost();
    const run = await untilAnalysed(next);

    expect(run).toMatchObject({ state: 'succeeded', cause: { kind: 'delivery' } });
    expect(await recordedTasks(folder)).toEqual(tasks);
    expectOneOfEach(world);
  },
  60_000,
);
