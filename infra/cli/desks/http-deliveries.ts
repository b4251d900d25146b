import { z } from 'zod';
import { decisionSchema } from '../../../lib/domain/dispatch/decision.ts';
import { deliveryDetailSchema, deliverySchema } from '../../../lib/domain/delivery.ts';
import { startedRunSchema } from '../../../lib/domain/run.ts';
import type { DeliveryDesk } from '../../desk/delivery-desk.ts';
import { queryOf, type CallHost } from './host-client.ts';

const listSchema = z.object({ deliveries: z.array(deliverySchema), next: z.string().nullable() });

const replaySchema = z.object({
  decisions: z.array(decisionSchema),
  runs: z.array(startedRunSchema),
});

/** The deliveries of a host that runs on this machine, over its HTTP API. */
export function createHttpDeliveries(call: CallHost): DeliveryDesk {
  const replay = (id: string, dryRun: boolean) =>
    call({
      method: 'POST',
      path: `${pathOf(id)}/replay`,
      body: { dryRun },
      answer: replaySchema,
    });
  return {
    list: (query) => call({ path: `/api/deliveries?${queryOf({ ...query })}`, answer: listSchema }),
    get: (id) => call({ path: pathOf(id), answer: deliveryDetailSchema }),
    preview: (id) => replay(id, true),
    replay: (id) => replay(id, false),
  };
}

function pathOf(id: string): string {
  return `/api/deliveries/${encodeURIComponent(id)}`;
}
