import type { BusEvent } from '../../../domain/event.ts';
import type { EventEntry } from '../calls/calls.ts';

/** By what a rule knows the events of this system. */
export const deliverySource = 'autonomous-cicd';
export const deliveryDetailType = 'delivery';

/** @param bus its name */
export function toBusEntry(event: BusEvent, bus: string): EventEntry {
  return {
    Source: deliverySource,
    DetailType: deliveryDetailType,
    Detail: JSON.stringify(event),
    EventBusName: bus,
  };
}
