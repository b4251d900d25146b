import type { Report } from '../../lib/domain/report.ts';

export interface AnalyseFolderRequest {
  /** Absolute path of the source's root. */
  folder: string;
  /** Globs of the component's files, relative to the root. */
  paths: string[];
  /** The component's name. */
  component: string;
}

/** Runs the whole analysis on a folder, as a component analysis does, but outside any flow. */
export function analyseFolder(request: AnalyseFolderRequest): Promise<Report> {
  throw new Error(`The analysis of ${request.folder} is not wired up here yet`);
}
