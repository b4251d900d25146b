import type { Engine, EngineOptions } from './engine-interface.ts';

export type * from './engine-interface.ts';

/**
 * Opens the database file and gives the engine around it, at rest until `resume`.
 * @throws UpstreamError when the file is damaged, newer than this program, or the disk is full.
 */
export function createEngine(options: EngineOptions): Engine {
  throw new Error(`The engine over ${options.databaseFile} is being written`);
}
