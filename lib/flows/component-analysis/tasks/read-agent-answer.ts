import type { AgentAnswer } from '../../../domain/agents/answers/agent-answer.ts';
import { readAgentAnswer } from '../../../domain/agents/answers/read-agent-answer.ts';
import type { Category } from '../../../domain/finding.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { SourceSnapshot } from '../collect-files.ts';
import { readValue, saveValue, type BlobKey } from '../stored-values.ts';
import { answerMark } from './answer-mark.ts';
import { filesOfComponent } from './files-of-component.ts';
import type { ComponentFiles } from './get-component-files.ts';
import { parseLenientJson } from './lenient-json.ts';
import { workKey, type RunRequest, type TaskServices } from './work.ts';

export interface AgentAnswerRequest extends RunRequest {
  files: ComponentFiles;
  analysis: Category;
  /** What the agent has answered, of any length. Text from outside. */
  text: string;
}

/** What came of an agent's answer: little enough for a checkpoint. */
export interface ReadAnswer {
  kind: AgentAnswer['kind'];
  /** An AgentAnswer. */
  answer: BlobKey;
  /** What is missing, and why, in words; null where nothing is. */
  problem: string | null;
  findings: number;
  /** Findings at places that do not exist. */
  dropped: number;
}

/**
 * Reads what an agent has answered, checks it against the files of the component, and stores it.
 */
export async function readAgentAnswerTask(
  { blobs }: Pick<TaskServices, 'blobs'>,
  { analysis, files, runId, text }: AgentAnswerRequest,
  log: Logger,
): Promise<ReadAnswer> {
  const snapshot = await readValue<SourceSnapshot>(blobs, files.snapshot);
  const answer = readAgentAnswer(
    { files: filesOfComponent(snapshot), mark: answerMark(runId, analysis), text },
    parseLenientJson,
  );
  const { dropped, kind, problem } = answer;
  const findings = answer.findings.length;
  log.info('Agent’s answer read', { analysis, kind, findings, dropped, characters: text.length });
  const key = await saveValue(blobs, workKey(runId, `agent-${analysis}`), answer);
  return { kind, answer: key, problem, findings, dropped };
}
