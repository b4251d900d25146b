import { beforeEach, describe, expect, test } from 'vitest';
import type { LinearIssueChange } from '../../../../lib/domain/event.ts';
import { polledIssues } from '../../../../lib/flows/autonomous-cicd/polled-issues.ts';
import { undeliveredLinear } from '../../../../lib/flows/autonomous-cicd/undelivered-linear.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { buildIssueEvent } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

function build() {
  const cicd = buildCicd();
  const { dispatch, putForward, work } = cicd;
  return {
    ...cicd,
    tick: () => {
      putForward(15);
      return work(polledIssues);
    },
    /** A webhook tells of the request that was made then. */
    tell: (at: Date, issue: Partial<LinearIssueChange> = {}) =>
      dispatch(
        buildIssueEvent(
          { updatedAt: at.toISOString(), ...issue },
          { deliveryId: crypto.randomUUID() },
        ),
      ),
  };
}

describe('a request', () => {
  test('that nobody has told starts its run, once', async () => {
    const { ago, linear, runs, tick } = build();
    linear.ask(ago(10));
    expect((await tick()).found).toHaveLength(1);
    expect((await tick()).found).toEqual([]);
    expect(runs.requests).toHaveLength(1);
  });

  test('is found on the first tick of all when it was made within the hour', async () => {
    const { ago, linear, runs, work } = build();
    linear.ask(ago(61), { id: 'old' });
    linear.ask(ago(59), { id: 'new' });
    await work(polledIssues);
    expect(runs.requests).toMatchObject([{ input: { origin: { id: 'new' } } }]);
  });

  test('from while the host was off is found when it is on again, for a week', async () => {
    const { ago, linear, putForward, runs, tick } = build();
    await tick();
    putForward(8 * 24 * 60);
    linear.ask(ago(7 * 24 * 60 + 30), { id: 'old' });
    linear.ask(ago(6 * 24 * 60), { id: 'new' });
    await tick();
    expect(runs.requests).toMatchObject([{ input: { origin: { id: 'new' } } }]);
  });

  test('that a webhook has told is not found', async () => {
    const { ago, linear, runs, tell, tick } = build();
    linear.ask(ago(10));
    await tell(new Date(ago(10).getTime() + 700));
    expect((await tick()).found).toEqual([]);
    expect(runs.requests).toHaveLength(1);
  });

  test('whose webhook comes hours later has the same run', async () => {
    const { ago, linear, putForward, runs, tell, tick } = build();
    const at = ago(10);
    linear.ask(at);
    await tick();
    putForward(6 * 60);
    await tell(new Date(at.getTime() - 700));
    expect(runs.requests).toHaveLength(1);
  });

  test('that is told together with an earlier change has one run, whoever tells it first', async () => {
    const { ago, linear, runs, tell, tick } = build();
    const later = (minutes: number) => new Date(ago(minutes).getTime() + 40_000);
    linear.ask(ago(10), { until: later(10), id: 'first-by-webhook' });
    linear.ask(ago(9), { until: later(9), id: 'first-by-poll' });
    const [told, untold] = [later(10), later(9)];
    await tell(told, { id: 'first-by-webhook' });
    await tick();
    await tell(untold, { id: 'first-by-poll' });
    expect(runs.requests).toHaveLength(2);
  });

  test('is told apart from another one a few seconds later that no webhook has told', async () => {
    const { ago, linear, runs, tell, tick } = build();
    const [first, second] = [ago(10), new Date(ago(10).getTime() + 4_000)];
    linear.ask(first);
    linear.ask(second);
    await tell(first);
    await tick();
    expect(runs.requests).toHaveLength(2);
  });

  test('that asks for nothing is left out', async () => {
    const { ago, linear, tick } = build();
    linear.ask(ago(10), { closed: true });
    linear.ask(ago(9), {
      changes: { fields: ['priority'], previousTitle: null, previousLabelIds: null },
    });
    expect((await tick()).found).toEqual([]);
  });

  test('is published again when that was cut off, and gives one run', async () => {
    const { ago, linear, runs, services, tick } = build();
    linear.ask(ago(10));
    const { bus } = services;
    for (const event of ['before', 'after']) {
      services.bus = {
        publish: async (published) => {
          if (event === 'after') await bus.publish(published);
          throw new Error('cut off');
        },
      };
      expect((await tick()).problems).toEqual(['cut off']);
    }
    services.bus = bus;
    expect((await tick()).found).toHaveLength(1);
    expect((await tick()).found).toEqual([]);
    expect(runs.requests).toHaveLength(1);
  });
});

test('a request is not lost when remembering it is cut off', async () => {
  const { ago, linear, runs, services, tick } = build();
  linear.ask(ago(10));
  const { requests } = services;
  services.requests = { ...requests, admit: () => Promise.reject(new Error('cut off')) };
  expect((await tick()).problems).toEqual(['cut off']);
  services.requests = requests;
  await tick();
  expect(runs.requests).toHaveLength(1);
});

describe('asking', () => {
  test('takes one answer on a quiet tick', async () => {
    const { ago, linear, tick } = build();
    linear.ask(ago(10));
    await tick();
    await tick();
    linear.asked.length = 0;
    await tick();
    expect(linear.asked).toHaveLength(1);
  });

  test('goes on where an answer could not hold all', async () => {
    const { ago, linear, runs, tick } = build();
    linear.pageSize = 2;
    for (let minute = 10; minute > 0; minute -= 1)
      linear.ask(ago(minute), { id: `issue-${minute}` });
    await tick();
    expect(runs.requests).toHaveLength(10);
  });

  test('leaves for the next tick what ten answers cannot hold', async () => {
    const { ago, linear, runs, tick } = build();
    linear.pageSize = 1;
    for (let minute = 15; minute > 0; minute -= 1)
      linear.ask(ago(minute), { id: `issue-${minute}` });
    await tick();
    expect(runs.requests).toHaveLength(10);
    await tick();
    expect(runs.requests).toHaveLength(15);
  });

  test('asks nothing without credentials', async () => {
    const { linear, tick } = build();
    linear.isSetUp = false;
    await tick();
    expect(linear.asked).toEqual([]);
  });
});

describe('what Linear could not deliver', () => {
  test('widens the window of the poll, once for each delivery', async () => {
    const { ago, linear, runs, tick, work } = build();
    await tick();
    await tick();
    const missed = ago(40);
    linear.ask(missed);
    linear.failToDeliver('execution-1', new Date(missed.getTime() - 1_000));
    await tick();
    expect(runs.requests).toEqual([]);

    expect((await work(undeliveredLinear)).found).toEqual(['execution-1']);
    await tick();
    expect(runs.requests).toHaveLength(1);
    expect((await work(undeliveredLinear)).found).toEqual([]);
  });

  test('does not count where it was meant for another system, or is over a week old', async () => {
    const { ago, linear, work } = build();
    linear.failToDeliver('execution-1', ago(10), 'https://other.example/hooks');
    linear.failToDeliver('execution-2', ago(10), '');
    linear.failToDeliver('execution-3', ago(7 * 24 * 60 + 1));
    expect((await work(undeliveredLinear)).found).toEqual([]);
  });

  test('is nothing, and told once, where only an administrator may see it', async () => {
    const { linear, putForward, said, work } = build();
    linear.isAdmin = false;
    expect(await work(undeliveredLinear)).toEqual({ found: [], problems: [] });
    putForward(15);
    await work(undeliveredLinear);
    expect(said).toHaveLength(1);
  });
});
