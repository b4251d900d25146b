import { isDeployed } from '../../lib/runtime/deployed-environment.ts';
import { hostServices, type HostServices } from '../../lib/runtime/host-services.ts';

/** What a function works with: the parts of the local host that runs it, or those of AWS. */
export async function flowServices(): Promise<HostServices> {
  if (!isDeployed(process.env)) return hostServices();
  const { deployedServices } = await import('./deployed-services.ts');
  return deployedServices();
}
