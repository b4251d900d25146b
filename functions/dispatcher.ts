import { busEventSchema } from '../lib/domain/event.ts';
import {
  createDispatchServices,
  type DispatchServices,
} from '../lib/flows/dispatch/dispatch-services.ts';
import { dispatchEvent } from '../lib/flows/dispatch/run.ts';
import { hostServices } from '../lib/runtime/host-services.ts';

let services: DispatchServices | undefined;

/** Decides what an event on the bus is to start, and starts it. */
export async function handler(event: { detail: unknown }): Promise<void> {
  services ??= createDispatchServices(hostServices());
  await dispatchEvent(busEventSchema.parse(event.detail), services);
}
