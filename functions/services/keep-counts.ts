import { isDeployed } from '../../lib/runtime/deployed-environment.ts';

/**
 * After an invocation: on AWS the calls that it has counted are written down, since Lambda freezes the process then,
 * perhaps for good. A local host goes on, and writes every few seconds.
 */
export async function keepCounts(): Promise<void> {
  if (!isDeployed(process.env)) return;
  const { writeCounts } = await import('./deployed-services.ts');
  await writeCounts();
}
