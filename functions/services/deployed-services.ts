import type { HostServices } from '../../lib/runtime/host-services.ts';

/** The parts of AWS, made once a process. */
export function deployedServices(): HostServices {
  throw new Error('not deployable yet');
}
