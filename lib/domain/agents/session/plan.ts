import { categoryNames } from '../../category-names.ts';

/** A step of the plan that a session shows, in Linear's words. */
export interface PlanStep {
  content: string;
  status: 'pending' | 'inProgress' | 'completed' | 'canceled';
}

/** Steps of an analysis, each with the tasks that it stands for. */
const steps: readonly { content: string; tasks: readonly string[] }[] = [
  { content: 'Read the files', tasks: ['get component files'] },
  ...Object.values(categoryNames).map((name) => ({
    content: `Analyse ${name}`,
    tasks: [`analyse ${name}`],
  })),
  { content: 'Ask coding agents, where there are any', tasks: [] },
  { content: 'Write the report', tasks: ['report'] },
];

/** Whatever is done under another name comes after the analyses that are ours. */
const otherTasks = steps.findIndex(({ tasks }) => tasks.length === 0);

/** What an analysis is at whose turn has not come: for hours, where many are asked for. */
export const waitingForTurn = 'waiting until other analyses have ended';

/** Nothing is done yet: the analysis may have to wait for its turn. */
export function planAhead(): PlanStep[] {
  return steps.map(({ content }) => ({ content, status: 'pending' }));
}

/** Whether it may take long: agents do, and the wait for the turn. */
export function mayTakeLong(task: string): boolean {
  return !steps.some(({ tasks }) => tasks.includes(task));
}

/** @param task name of the task that the analysis is at */
export function planAt(task: string): PlanStep[] {
  if (task === waitingForTurn) return planAhead();
  const found = steps.findIndex(({ tasks }) => tasks.includes(task));
  const current = found >= 0 ? found : otherTasks;
  return steps.map(({ content }, index) => ({ content, status: statusAt(index, current) }));
}

function statusAt(index: number, current: number): PlanStep['status'] {
  if (index === current) return 'inProgress';
  return index < current ? 'completed' : 'pending';
}

/** How it stands once the analysis is over, whichever of its steps were done. */
export function planAfter(status: 'completed' | 'canceled'): PlanStep[] {
  return steps.map(({ content }) => ({ content, status }));
}
