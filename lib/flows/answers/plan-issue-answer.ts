import type { IssueMemory } from '../../domain/answers/issue-memory.ts';
import { isClosingState } from '../../domain/closing-states.ts';
import { isSameName } from '../../domain/same-name.ts';
import type { IssueChange, IssueDetails, WorkflowState } from '../../ports/issue-tracker.ts';
import { planComment, type WantedComment } from '../plan-comment.ts';

/** What is to be changed so that the issue shows what it should. */
export interface IssuePlan {
  /** Empty: the issue shows it already. */
  changes: IssueChange[];
  /** To be kept before the changes are made. */
  memory: IssueMemory;
  /** What cannot be shown, and what to do about it. */
  problems: string[];
}

export interface WantedBeginning extends WantedComment<IssueMemory> {
  /** Name of the state to move to; null leaves the issue where it is. */
  state: string | null;
}

export interface WantedEnd extends WantedComment<IssueMemory> {
  /** Null: there is no report. */
  report: {
    attachment: { url: string; title: string; subtitle: string };
    /** Name of the label to add; null for none. */
    label: string | null;
    /** Name of the state to move to; null for the one from before. */
    state: string | null;
  } | null;
}

/** A run has begun: the comment shows progress, the issue moves. */
export function planBeginning(issue: IssueDetails, wanted: WantedBeginning): IssuePlan {
  const comment = planComment(issue, wanted);
  const move = planMoveToRunning(issue, wanted);
  return {
    changes: [...comment.changes, ...move.changes],
    memory: { ...comment.memory, before: move.before, leftIn: move.leftIn },
    problems: [...comment.problems, ...move.problems],
  };
}

/** A run has ended: the comment says how, a report is attached, the issue moves on or back. */
export function planEnd(issue: IssueDetails, wanted: WantedEnd): IssuePlan {
  const { report } = wanted;
  const comment = planComment(issue, wanted);
  const label = planLabel(issue, report?.label ?? null);
  const move = planLastMove(issue, wanted);
  return {
    // The move comes last: done, it tells that nothing else is missing.
    changes: [
      ...comment.changes,
      ...(report === null ? [] : planAttachment(issue, report.attachment)),
      ...label.changes,
      ...move.changes,
    ],
    memory: comment.memory,
    problems: [...comment.problems, ...label.problems, ...move.problems],
  };
}

interface Move {
  changes: IssueChange[];
  problems: string[];
}

const nowhere: Move = { changes: [], problems: [] };

function planMoveToRunning(
  issue: IssueDetails,
  { memory, state: name }: WantedBeginning,
): Move & Pick<IssueMemory, 'before' | 'leftIn'> {
  const stay = { ...nowhere, before: null, leftIn: issue.state.id };
  if (name === null || issue.closed) return stay;
  const running = findState(issue, name);
  if (running === undefined) return { ...stay, problems: [missingState(issue, name)] };
  // What is closed is moved no more: the issue would never come out of there.
  if (isClosingState(running.type)) {
    const problem = `The state "${name}" closes issues: linear.states.running has to be an open one`;
    return { ...stay, problems: [problem] };
  }
  if (issue.state.id === running.id) {
    // Moved by us, for this run or for one that it has taken over from.
    const isOurs = memory.leftIn === running.id;
    return { ...stay, before: isOurs ? memory.before : null };
  }
  return { ...moveTo(issue, running), before: issue.state, leftIn: running.id };
}

/** Where a person has put the issue meanwhile, it stays; what they have closed stays closed. */
function planLastMove(issue: IssueDetails, { memory, report }: WantedEnd): Move {
  if (issue.closed || wasMovedByPerson(issue, memory)) return nowhere;
  const name = report?.state ?? null;
  if (name === null) return moveBack(issue, memory);
  const done = findState(issue, name);
  if (done !== undefined) return moveTo(issue, done);
  const { changes } = moveBack(issue, memory);
  return { changes, problems: [missingState(issue, name)] };
}

/** Where it was before, it still is when the move at the beginning has failed. */
function wasMovedByPerson({ state }: IssueDetails, { before, leftIn }: IssueMemory): boolean {
  return leftIn !== null && leftIn !== state.id && before?.id !== state.id;
}

function moveBack(issue: IssueDetails, { before }: IssueMemory): Move {
  return before === null ? nowhere : moveTo(issue, before);
}

function moveTo(issue: IssueDetails, state: { id: string }): Move {
  if (state.id === issue.state.id) return nowhere;
  return { changes: [{ kind: 'move', issueId: issue.id, stateId: state.id }], problems: [] };
}

function findState({ states }: IssueDetails, wanted: string): WorkflowState | undefined {
  return states.find(({ name }) => isSameName(name, wanted));
}

function missingState({ identifier }: IssueDetails, name: string): string {
  return (
    `The team of ${identifier} has no state "${name}": add it in Linear or set linear.states ` +
    `to one that it has; cicd linear init lists them`
  );
}

function planLabel(issue: IssueDetails, name: string | null): Move {
  if (name === null || issue.labels.some((label) => isSameName(label.name, name))) return nowhere;
  const label = issue.availableLabels.find((available) => isSameName(available.name, name));
  if (label !== undefined) {
    const change: IssueChange = { kind: 'add-label', issueId: issue.id, labelId: label.id };
    return { changes: [change], problems: [] };
  }
  const problem = `${issue.identifier} cannot get the label "${name}": cicd linear init makes it`;
  return { changes: [], problems: [problem] };
}

function planAttachment(
  issue: IssueDetails,
  { subtitle, title, url }: { url: string; title: string; subtitle: string },
): IssueChange[] {
  const isThere = issue.attachments.some(
    (other) => other.url === url && other.title === title && other.subtitle === subtitle,
  );
  return isThere ? [] : [{ kind: 'attach', issueId: issue.id, url, title, subtitle }];
}
