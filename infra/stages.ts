import { ConfigError } from '../lib/domain/errors.ts';
import type { StageConfig } from '../lib/runtime/aws-config-schema.ts';
import type { Config } from '../lib/runtime/config-schema.ts';

/** Deployed without `-c stage=`. */
export const defaultStage = 'dev';

/** One of the stacks that can stand side by side in an account. */
export interface Stage extends StageConfig {
  name: string;
  /** `autonomous-cicd-dev` */
  stackName: string;
}

/**
 * @param option by which whoever asks can choose another
 * @throws ConfigError that names the stages there are
 */
export function findStage({ aws }: Config, name: string, option = '-c stage=NAME'): Stage {
  const stage = Object.hasOwn(aws.stages, name) ? aws.stages[name] : undefined;
  if (stage !== undefined) return { ...stage, name, stackName: `autonomous-cicd-${name}` };
  const known = Object.keys(aws.stages).join(', ') || 'none';
  throw new ConfigError([
    `aws.stages: has no stage '${name}'. There are: ${known}. Choose one by ${option}`,
  ]);
}
