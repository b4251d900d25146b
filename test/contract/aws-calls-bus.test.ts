import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEventBridgeBus } from '../../lib/adapters/aws/events/bus.ts';
import { buildEvent } from '../builders/events.ts';
import { callImplementations } from '../support/aws-calls.ts';
import { startedAws } from '../support/aws/started-aws.ts';

const eventOf = (deliveryId: string) => buildEvent({ deliveryId });

const entriesSchema = z.object({ Entries: z.array(z.object({ Detail: z.string() })) });

/** Ids of the deliveries in the entries of a request. */
function idsIn(input: Readonly<Record<string, unknown>>): unknown[] {
  return entriesSchema.parse(input).Entries.map(({ Detail }) => JSON.parse(Detail).deliveryId);
}

describe.each(callImplementations)('A bus of EventBridge, calls %s', (_, make) => {
  test('of events in one request just those are sent again that were refused', async () => {
    const aws = await startedAws();
    aws.events.createBus('deliveries');
    // Every second entry is refused, the first among them.
    aws.script({ service: 'events', operation: 'PutEvents', act: 'partial' });
    const bus = createEventBridgeBus({ calls: make(aws.environment), bus: 'deliveries' });

    await Promise.all(['one', 'two', 'three'].map((id) => bus.publish(eventOf(id))));

    const requests = aws.calls.filter(({ operation }) => operation === 'PutEvents');
    expect(requests.map(({ input }) => idsIn(input))).toEqual([
      ['one', 'two', 'three'],
      ['one', 'three'],
    ]);
    const kept = aws.events.events('deliveries').map(({ detail }) => detail['deliveryId']);
    expect(kept).toEqual(['two', 'one', 'three']);
  });
});
