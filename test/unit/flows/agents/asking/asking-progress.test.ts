import { expect, test } from 'vitest';
import { createAskingProgress } from '../../../../../lib/flows/agents/asking/asking-progress.ts';
import type { Stages } from '../../../../../lib/flows/agents/asking/stages.ts';
import { createLogger } from '../../../../../lib/runtime/logging.ts';
import { askedComponent } from '../../../../builders/asking.ts';

/** What an hour shows in which it is asked every second, and stages change at their times. */
async function showFor(seconds: number, changes: Record<number, (stages: Stages) => void> = {}) {
  const shown: string[] = [];
  let time = 0;
  const progress = createAskingProgress({
    answers: {
      progress: async (_run, step) => {
        shown.push(`${time / 1_000} s: ${step}`);
      },
    },
    now: () => time,
  });
  const stages: Stages = new Map([
    ['code-quality', { kind: 'waiting' }],
    ['architecture', { kind: 'waiting' }],
    ['integration', { kind: 'waiting' }],
  ]);
  for (; time <= seconds * 1_000; time += 1_000) {
    changes[time / 1_000]?.(stages);
    await progress.show({ component: askedComponent, stages }, createLogger());
  }
  return shown;
}

test('says who waits, who is at work for how long, and who is done', async () => {
  const shown = await showFor(220, {
    5: (stages) => stages.set('code-quality', { kind: 'working', since: 5_000 }),
    6: (stages) => stages.set('integration', { kind: 'starting' }),
    200: (stages) => stages.set('integration', { kind: 'ended', outcome: 'answered' }),
  });
  expect(shown).toEqual([
    '20 s: asking agents: code quality 0 min, architecture waits for a place, integration points starts',
    '200 s: asking agents: code quality 3 min, architecture waits for a place, integration points done',
  ]);
});

/** An agent gets a place, begins and ends. */
const step = (at: number, analysis: 'architecture' | 'code-quality' | 'integration') => ({
  [at]: (stages: Stages) => stages.set(analysis, { kind: 'starting' }),
  [at + 25]: (stages: Stages) => stages.set(analysis, { kind: 'working', since: at * 1_000 }),
  [at + 900]: (stages: Stages) => stages.set(analysis, { kind: 'ended', outcome: 'answered' }),
});

test('an hour in which all get on takes no more requests than a run has for it', async () => {
  const shown = await showFor(3_600, {
    ...step(60, 'code-quality'),
    ...step(1_200, 'architecture'),
    ...step(2_400, 'integration'),
  });
  expect(shown.length).toBeGreaterThan(9);
  expect(shown.length).toBeLessThanOrEqual(15);
});
