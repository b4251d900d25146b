import { busEventSchema } from '../lib/domain/event.ts';
import {
  createDispatchServices,
  type DispatchServices,
} from '../lib/flows/dispatch/dispatch-services.ts';
import { dispatchEvent } from '../lib/flows/dispatch/run.ts';
import { flowServices } from './services/flow-services.ts';

let services: DispatchServices | undefined;

/** Decides what an event on the bus is to start, and starts it. */
export async function handler(event: { detail: unknown }): Promise<void> {
  services ??= createDispatchServices(await flowServices(['config', 'runs', 'stack', 'store']));
  await dispatchEvent(busEventSchema.parse(event.detail), services);
}
