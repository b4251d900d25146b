import { toFindings } from '../../../analysis/findings.ts';
import { ruleById } from '../../../analysis/rules/catalogue.ts';
import { writePrompt } from '../../../domain/agents/prompts/write-prompt.ts';
import type { Category } from '../../../domain/finding.ts';
import { answerMark } from './answer-mark.ts';
import { filesOfComponent } from './files-of-component.ts';
import { readStaticResults, type AnalysedComponent } from './static-results.ts';
import type { TaskServices } from './work.ts';

export interface PromptTaskRequest extends AnalysedComponent {
  analysis: Category;
  /** What the configuration adds for this component; null without. */
  instructions: string | null;
  /** Whether the agent may change code. */
  mayChangeCode: boolean;
  /** What is known of the first attempt; null in the first. */
  before: { problem: string } | null;
}

/** The prompt of one analysis, with what linters and parsers have found as evidence. */
export async function writePromptTask(
  services: Pick<TaskServices, 'blobs'>,
  request: PromptTaskRequest,
): Promise<string> {
  const { analysis, before, input, instructions, mayChangeCode, runId } = request;
  const { graph, hits, points, snapshot } = await readStaticResults(services, request);
  const ofAnalysis = hits.filter(({ rule }) => ruleById(rule).category === analysis);
  return writePrompt({
    analysis,
    repository: input.repository,
    component: input.component,
    paths: input.paths,
    commit: snapshot.commit,
    files: filesOfComponent(snapshot),
    findings: toFindings(ofAnalysis, [...snapshot.files, ...snapshot.manifests]),
    graph,
    integrationPoints: points,
    instructions,
    mayChangeCode,
    before,
    answerMark: answerMark(runId, analysis),
  });
}
