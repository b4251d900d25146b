import type { Job } from '../../../runtime/job-messages.ts';
import { createJobThread, type JobThreadOptions } from '../../../runtime/job-thread.ts';
import type { ReportAnswer } from '../../answers/report-answer.ts';
import type { ComponentAnalysisResult, UnknownComponentInput } from '../input.ts';
import type { Architecture } from './analyse-architecture.ts';
import type { CodeQuality } from './analyse-code-quality.ts';
import type { Integration } from './analyse-integration-points.ts';
import type { ComponentFiles } from './get-component-files.ts';
import type { AnswerRequest } from './read-answer.ts';
import type { AgentAnswerRequest, ReadAnswer } from './read-agent-answer.ts';
import type { ReportedAnalysis, ReportRequest } from './report.ts';
import type { RunRequest } from './work.ts';
import type { PromptTaskRequest } from './write-prompt.ts';

type WithFacts = RunRequest & { files: ComponentFiles; quality: CodeQuality };

/**
 * The work of the flow, task by task. What they take and give are references to stored values: little
 * enough for a checkpoint, and for the way to another thread and back.
 */
export interface AnalysisTasks {
  getComponentFiles: Job<RunRequest, ComponentFiles>;
  analyseCodeQuality: Job<RunRequest & { files: ComponentFiles }, CodeQuality>;
  analyseArchitecture: Job<WithFacts, Architecture>;
  analyseIntegrationPoints: Job<WithFacts, Integration>;
  writePrompt: Job<PromptTaskRequest, string>;
  readAgentAnswer: Job<AgentAnswerRequest, ReadAnswer>;
  report: Job<ReportRequest, ReportedAnalysis>;
  reportUnknownComponent: Job<RunRequest<UnknownComponentInput>, ComponentAnalysisResult>;
  readAnswer: Job<AnswerRequest, ReportAnswer | null>;
}

/**
 * Has the tasks done on a thread of their own: even reading the stored facts of a large component takes
 * seconds, and a host has webhooks to answer meanwhile.
 * @param module serves `createAnalysisTasks(…)` as jobs
 */
export function createTasksOnThread(module: URL, options?: JobThreadOptions): AnalysisTasks {
  const job = createJobThread(module, options);
  return {
    getComponentFiles: job('getComponentFiles'),
    analyseCodeQuality: job('analyseCodeQuality'),
    analyseArchitecture: job('analyseArchitecture'),
    analyseIntegrationPoints: job('analyseIntegrationPoints'),
    writePrompt: job('writePrompt'),
    readAgentAnswer: job('readAgentAnswer'),
    report: job('report'),
    reportUnknownComponent: job('reportUnknownComponent'),
    readAnswer: job('readAnswer'),
  };
}
