import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advanceCursor,
  decideBringing,
  listFailedDeliveries,
  type DeliveryAttempt,
} from '../../../../lib/domain/reconcile/undelivered.ts';

const time = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString();

function attempt(overrides: Partial<DeliveryAttempt> = {}): DeliveryAttempt {
  return {
    id: '1',
    guid: 'guid-1',
    deliveredAt: time(0),
    ok: false,
    statusCode: 502,
    event: 'push',
    ...overrides,
  };
}

const attempts = fc.array(
  fc.record({
    id: fc.nat().map(String),
    guid: fc.constantFrom('a', 'b', 'c', 'd'),
    deliveredAt: fc.nat(59).map(time),
    ok: fc.boolean(),
    statusCode: fc.constantFrom(0, 202, 413, 502),
    event: fc.constant('push'),
  }),
  { maxLength: 20 },
);

describe('listFailedDeliveries', () => {
  test('takes a delivery whose attempts have all failed, with its first time and last attempt', () => {
    const failed = listFailedDeliveries([
      attempt({ id: '3', deliveredAt: time(9), statusCode: 0 }),
      attempt({ id: '1', deliveredAt: time(1) }),
    ]);
    expect(failed).toEqual([
      { guid: 'guid-1', event: 'push', firstAt: time(1), latest: { id: '3', statusCode: 0 } },
    ]);
  });

  test('leaves out what was taken once, before or after it had failed', () => {
    const taken = attempt({ ok: true, statusCode: 202, deliveredAt: time(5) });
    expect(listFailedDeliveries([taken, attempt()])).toEqual([]);
    expect(listFailedDeliveries([attempt({ deliveredAt: time(9) }), taken])).toEqual([]);
  });

  test('leaves out what has an id that is none', () => {
    expect(listFailedDeliveries([attempt({ guid: '../..' }), attempt({ guid: '' })])).toEqual([]);
  });

  test('lists each failed delivery once, the oldest first, in whatever order they come', () => {
    fc.assert(
      fc.property(attempts, (listed) => {
        const failed = listFailedDeliveries(listed);
        const guids = failed.map(({ guid }) => guid);
        const taken = new Set(listed.filter(({ ok }) => ok).map(({ guid }) => guid));
        const missed = listed.map(({ guid }) => guid).filter((guid) => !taken.has(guid));
        expect(new Set(guids)).toEqual(new Set(missed));
        expect(guids).toHaveLength(new Set(missed).size);
        const times = failed.map(({ firstAt }) => firstAt);
        expect(times).toEqual(times.toSorted());
      }),
    );
  });
});

const failed = (statusCode: number) => ({
  guid: 'guid-1',
  event: 'push',
  firstAt: time(0),
  latest: { id: '1', statusCode },
});

describe('decideBringing', () => {
  test.each([
    ['failed', 502, 0, 'redeliver'],
    ['failed twice again', 502, 2, 'redeliver'],
    ['failed thrice again', 502, 3, 'read'],
    ['is too large for us', 413, 0, 'read'],
    ['reached nobody, as the host may have been off', 0, 0, 'redeliver'],
    ['reached nobody again', 0, 1, 'read'],
    ['could not be had for the last time', 502, 7, 'read'],
    ['could never be had', 502, 8, 'give up'],
  ] as const)('what %s (%i, %i tries): %s', (...row) => {
    const [, status, tries, expected] = row;
    expect(decideBringing(failed(status), tries)).toBe(expected);
  });
});

describe('advanceCursor', () => {
  test('goes to the newest of what was seen', () => {
    const seen = [attempt({ deliveredAt: time(3) }), attempt({ deliveredAt: time(7) })];
    expect(advanceCursor(seen, [], time(0))).toBe(time(7));
  });

  test('stays where nothing was seen', () => {
    expect(advanceCursor([], [], time(4))).toBe(time(4));
  });

  test('never passes what has still to be brought in', () => {
    fc.assert(
      fc.property(attempts, (seen) => {
        const missed = listFailedDeliveries(seen);
        const cursor = advanceCursor(seen, missed, time(0));
        for (const { firstAt } of missed) expect(firstAt >= cursor).toBe(true);
      }),
    );
  });
});
