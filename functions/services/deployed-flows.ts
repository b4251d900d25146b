import { z } from 'zod';
import { ConfigError } from '../../lib/domain/errors.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';

const flowsSchema = z.record(z.string(), z.string());

/**
 * The flows that this function knows, each with the ARN of its alias; none where the stack has told it none.
 * @throws ConfigError
 */
export function deployedFlows(): Record<string, string> {
  const text = process.env[deployedVariables.flows] ?? '{}';
  try {
    return flowsSchema.parse(JSON.parse(text));
  } catch {
    throw new ConfigError([`${deployedVariables.flows}: is no JSON of flows and their ARNs`]);
  }
}
