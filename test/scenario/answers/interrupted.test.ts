import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../lib/ports/issue-tracker.ts';
import { gate } from '../engine/engine-fixture.ts';
import { startWithLinear } from './answers-fixture.ts';

const never = Promise.withResolvers<never>().promise;

/** The process dies around the call of this number: what comes back from it reaches nobody. */
function dyingAround(number: number, when: 'before' | 'after') {
  const died = gate();
  let calls = 0;
  const dieIfTold = async <Value>(call: () => Promise<Value>): Promise<Value> => {
    calls += 1;
    if (calls < number) return call();
    if (calls === number && when === 'after') await call();
    died.open();
    return never;
  };
  const change = (tracker: IssueTracker): IssueTracker => ({
    ...tracker,
    getIssue: (issue, wanted, call) => dieIfTold(() => tracker.getIssue(issue, wanted, call)),
    change: (changes, call) => dieIfTold(() => tracker.change(changes, call)),
  });
  return { change, died: died.passed };
}

/** Two calls at the beginning, two at the end; whether the issue moves on or back. */
const deaths = [1, 2, 3, 4].flatMap((number) =>
  [null, 'In Review'].flatMap((done) => [
    { number, when: 'before' as const, done },
    { number, when: 'after' as const, done },
  ]),
);

test.each(deaths)(
  'a process that dies $when call $number leaves nothing twice and nothing undone (done: $done)',
  async ({ done, number, when }) => {
    const { change, died } = dyingAround(number, when);
    const { host, input, linear, restart } = await startWithLinear({
      changeTracker: change,
      config: { linear: { doneLabel: 'analysed', states: { done } } },
    });
    const runId = await host.start(input);
    await died;
    await host.close();

    const next = restart({ changeTracker: (tracker) => tracker });
    const run = await next.engine.waitForRun(runId);

    expect(run).toMatchObject({
      state: 'succeeded',
      result: { answers: [{ place: 'ENG-1', state: 'shown' }] },
    });
    expect(linear.issue('ENG-1')).toMatchObject({
      state: done ?? 'Todo',
      labels: ['component-analysis', 'analysed'],
      comments: [{ body: expect.stringContaining(runId) }],
      attachments: [{ title: 'Component analysis of orders' }],
    });
    expect(linear.duplicates).toEqual([]);
    expect(linear.requests.length).toBeLessThanOrEqual(12);
  },
);
