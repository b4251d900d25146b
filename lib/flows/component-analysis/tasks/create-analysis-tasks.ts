import { analyseArchitectureTask } from './analyse-architecture.ts';
import { analyseCodeQualityTask } from './analyse-code-quality.ts';
import { analyseIntegrationPointsTask } from './analyse-integration-points.ts';
import type { AnalysisTasks } from './analysis-tasks.ts';
import { getComponentFilesTask } from './get-component-files.ts';
import { readAgentAnswerTask } from './read-agent-answer.ts';
import { readAnswerTask } from './read-answer.ts';
import { reportUnknownComponentTask } from './report-unknown-component.ts';
import { reportTask } from './report.ts';
import type { TaskServices } from './work.ts';
import { writePromptTask } from './write-prompt.ts';

/** The tasks on this very thread. */
export function createAnalysisTasks(services: TaskServices): AnalysisTasks {
  return {
    getComponentFiles: (request, log) => getComponentFilesTask(services, request, log),
    analyseCodeQuality: (request, log) => analyseCodeQualityTask(services, request, log),
    analyseArchitecture: (request, log) => analyseArchitectureTask(services, request, log),
    analyseIntegrationPoints: (request, log) =>
      analyseIntegrationPointsTask(services, request, log),
    writePrompt: (request) => writePromptTask(services, request),
    readAgentAnswer: (request, log) => readAgentAnswerTask(services, request, log),
    report: (request, log) => reportTask(services, request, log),
    reportUnknownComponent: (request, log) => reportUnknownComponentTask(services, request, log),
    readAnswer: (request) => readAnswerTask(services, request),
  };
}
