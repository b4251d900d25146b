import type { AnalysisTasks } from '../../component-analysis/tasks/analysis-tasks.ts';
import type { Runs } from '../../../ports/runs.ts';
import type { AgentServices } from '../agent-services.ts';
import type { AskingPauses } from './asking-pauses.ts';
import type { AskingProgress } from './asking-progress.ts';

/** What the agents of an analysis are asked with. */
export interface AskServices extends AgentServices {
  /** What the configuration tells agents of a component beside their task; null where that is nothing. */
  instructionsFor(component: { repository: string; component: string }): string | null;
  pauses: AskingPauses;
  progress: AskingProgress;
  runs: Pick<Runs, 'getSummary'>;
  /** Name of the installation: part of the ids of agent runs. */
  stack: string;
  tasks: Pick<AnalysisTasks, 'readAgentAnswer' | 'writePrompt'>;
}
