import type { AgentOutcome } from '../../../domain/agents/agent-part.ts';
import { categoryNames } from '../../../domain/category-names.ts';
import type { Category } from '../../../domain/finding.ts';

/** How far an agent is. */
export type Stage =
  | { kind: 'waiting' }
  | { kind: 'starting' }
  /** `since`: milliseconds since the epoch. */
  | { kind: 'working'; since: number }
  | { kind: 'ended'; outcome: AgentOutcome };

/**
 * How far the agents of a component are. Where the flow has come to says it, so that a replay in another process finds
 * the same.
 */
export type Stages = Map<Category, Stage>;

const outcomes: Record<AgentOutcome, string> = {
  answered: 'done',
  unusable: 'answer unusable',
  declined: 'declined',
  failed: 'failed',
  'timed-out': 'timed out',
  cancelled: 'cancelled',
  'not-asked': 'not asked',
};

/** `asking agents: code quality 3 min, architecture waits for a place, integration points done` */
export function describeStages(stages: Stages, now: number): string {
  const parts = Array.from(stages, ([analysis, stage]) => {
    return `${categoryNames[analysis]} ${describeStage(stage, now)}`;
  });
  return `asking agents: ${parts.join(', ')}`;
}

function describeStage(stage: Stage, now: number): string {
  switch (stage.kind) {
    case 'waiting':
      return 'waits for a place';
    case 'starting':
      return 'starts';
    case 'working':
      return `${Math.max(0, Math.floor((now - stage.since) / 60_000))} min`;
    default:
      return outcomes[stage.outcome];
  }
}

/** The same for stages that differ by time alone. */
export function keyOfStages(stages: Stages): string {
  return describeStages(stages, 0);
}
