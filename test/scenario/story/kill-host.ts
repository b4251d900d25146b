import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RunningHost } from '../../support/start-host.ts';
import { answersIn, type StoryWorld } from './story-world.ts';

/** Kills the host as soon as this is true, and starts it again. */
export async function killWhen(
  world: StoryWorld,
  host: RunningHost,
  isTime: () => Promise<boolean> | boolean,
): Promise<RunningHost> {
  while (!(await isTime())) await delay(1);
  await host.end('SIGKILL');
  return world.startHost();
}

/** One comment, one attachment, one row, one check, whatever happened on the way. */
export function expectOneOfEach(world: StoryWorld): void {
  const { github, linear } = world;
  const { attachments, checks, comments, states } = answersIn(world);
  expect(comments.map((comment) => comment.split(' ')[0])).toEqual(['ENG-1', 'ENG-2']);
  expect(attachments).toHaveLength(1);
  expect(checks).toEqual([expect.stringContaining('component-analysis: orders success')]);
  expect(states).toEqual(['ENG-1 Todo ', 'ENG-2 Todo component-analysis,analysed']);
  expect(linear.issue('ENG-2').comments[0]?.body).toContain('Full report');
  expect([...linear.violations, ...github.violations]).toEqual([]);
}
