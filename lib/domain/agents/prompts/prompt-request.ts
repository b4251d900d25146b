import type { Category, Finding } from '../../finding.ts';
import type { IntegrationPoint, ModuleGraph } from '../../report.ts';

/** What an agent is to be asked, and what is known already. */
export interface PromptRequest {
  analysis: Category;
  /** `owner/name`, or the name of a folder. */
  repository: string;
  component: string;
  /** Globs of the component, relative to the source's root. */
  paths: readonly string[];
  /** 40 hex digits; null where the source knows none. */
  commit: string | null;
  files: readonly ComponentFile[];
  /** Of this analysis, most serious first. */
  findings: readonly Finding[];
  graph: ModuleGraph;
  integrationPoints: readonly IntegrationPoint[];
  /** What the owner says in the configuration; null without. */
  instructions: string | null;
  /** Whether it may change code: the changes come as a pull request. */
  mayChangeCode: boolean;
  /** What is known of the first attempt; null in the first. */
  before: { problem: string } | null;
  /**
   * Letters and digits that nobody can guess who has written into the repository: they mark the
   * answer.
   */
  answerMark: string;
}

/** A file that belongs to the component. */
export interface ComponentFile {
  /** Relative to the source's root. */
  path: string;
  lines: number;
}
