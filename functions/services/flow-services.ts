import { isDeployed } from '../../lib/runtime/deployed-environment.ts';
import { hostServices, type HostServices } from '../../lib/runtime/host-services.ts';

/**
 * What a function works with: the parts of the local host that runs it, or those of AWS.
 * @param names of the parts that it needs: on AWS it gets no others
 */
export async function flowServices<Name extends keyof HostServices>(
  names: readonly Name[],
): Promise<Pick<HostServices, Name>> {
  if (!isDeployed(process.env)) return hostServices();
  const { deployedServices } = await import('./deployed-services.ts');
  return deployedServices(names);
}
