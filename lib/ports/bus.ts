import type { BusEvent } from '../domain/event.ts';

/** Takes events from the ingress to the dispatcher. */
export interface Bus {
  /**
   * Resolves once the event cannot be lost any more. The dispatcher gets it at least once, some time
   * later; publishing it again does no harm.
   * @throws UpstreamError when it could not be kept: the sender has to send again
   */
  publish(event: BusEvent): Promise<void>;
}
