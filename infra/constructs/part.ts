import type { DeployedFunction } from './deployed-function.ts';

/**
 * Something that a function works with. The environment variable that names it and the permission to use it are
 * given together, so that neither is forgotten.
 */
export interface Part {
  bindTo(target: DeployedFunction): void;
}
