import type { Config } from '../../lib/runtime/config-schema.ts';
import type { Stage } from '../stages.ts';
import type {
  Architecture,
  BundledFunction,
  FunctionToBundle,
} from './bundling/bundle-function.ts';

/** What is the same for all functions of a stack. */
export interface Deployment {
  config: Config;
  stage: Stage;
  /** Of the machines that the functions run on. */
  architecture: Architecture;
  /** Makes the folder that is deployed as a function. */
  bundle: (request: FunctionToBundle) => BundledFunction;
  /** Whether a stage that keeps its data is deployed though a bundle lacks the linter. Default: false. */
  withoutOxlint?: boolean;
}
