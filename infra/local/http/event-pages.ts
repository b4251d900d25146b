import { Hono } from 'hono';
import { deliveriesPage } from '../../../lib/dashboard/deliveries-page.ts';
import { deliveryPage } from '../../../lib/dashboard/delivery-page.ts';
import { schedulesPage } from '../../../lib/dashboard/schedules-page.ts';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { DeliveryReader } from '../../desk/delivery-desk.ts';

const deliveriesShown = 50;

/** The pages on what makes runs start: deliveries and schedules. */
export function eventPages(services: {
  deliveries: DeliveryReader;
  scheduler: Pick<Schedules, 'list'>;
  pause: Pick<AgentPause, 'get'>;
  stack?: string | undefined;
}): Hono {
  const { deliveries, pause, scheduler, stack } = services;
  const app = new Hono();

  app.get('/deliveries', async (context) => {
    const cursor = context.req.query('cursor');
    const listing = await deliveries.list({ limit: deliveriesShown, cursor });
    return context.html(deliveriesPage(listing, { pause: await pause.get(), stack }));
  });

  app.get('/deliveries/:id', async (context) =>
    context.html(deliveryPage(await deliveries.get(context.req.param('id')), stack)),
  );

  app.get('/schedules', async (context) =>
    context.html(schedulesPage(await scheduler.list(), { pause: await pause.get(), stack })),
  );

  return app;
}
