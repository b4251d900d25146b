import type { BusEvent, LinearIssueChange } from '../event.ts';
import { isSameName } from '../same-name.ts';
import { componentRun, unknownComponentRun } from './analysis-run.ts';
import type { Decision, DispatchContext } from './decision.ts';
import { ignored } from './ignored.ts';
import { componentOfIssue } from './issue-component.ts';
import { whyUpdateAsks } from './issue-update.ts';

const watched: ReadonlySet<string> = new Set(['Issue.create', 'Issue.update']);

/** An open Linear issue with the label asks for an analysis of the component that it is about. */
export function decideLinearIssue(
  event: BusEvent,
  context: DispatchContext,
): Decision[] | undefined {
  if (event.source !== 'linear' || !watched.has(event.type)) return undefined;
  const issue = event.linearIssue;
  if (issue === null) return ignored('the payload does not hold the issue');
  const { asks, reason } = judge(event, issue, context);
  if (!asks) return ignored(reason);

  const { id, identifier, title, updatedAt } = issue;
  const request = {
    // Workspace webhook, app webhook and retries tell of one change with one time.
    cause: ['linear-issue', id, updatedAt],
    origin: { kind: 'linear-issue' as const, id, identifier },
    agents: true as const,
    reason,
  };
  const configured = componentOfIssue(issue, context);
  if (configured === undefined) return [unknownComponentRun(title, request, context)];
  const { component, repository } = configured;
  const ask = { issueId: id, repository, component, askedAt: updatedAt };
  return [{ ...componentRun(configured, request, context), ask }];
}

interface Judgement {
  asks: boolean;
  /** Why, or why not. */
  reason: string;
}

function unasked(reason: string): Judgement {
  return { asks: false, reason };
}

/** Whether the event asks for an analysis. */
function judge(
  { sender, type }: BusEvent,
  issue: LinearIssueChange,
  context: DispatchContext,
): Judgement {
  const { closed, identifier } = issue;
  const label = issue.labels.find(({ name }) => isSameName(name, context.analysisLabel));
  if (label === undefined) {
    return unasked(`${identifier} does not have the label ${context.analysisLabel}`);
  }
  if (closed) return unasked(`${identifier} is closed: reopen it to have it analysed`);
  if (sender === null) {
    return unasked(`the payload does not tell who changed ${identifier}: only users may ask`);
  }
  // What the system itself writes to an issue comes back as an event, too.
  if (sender.type !== 'user') {
    return unasked(`${identifier} was changed by ${sender.type}: only users may ask`);
  }
  if (issue.updatedAt === '')
    return unasked(`the payload does not tell when ${identifier} changed`);
  if (type === 'Issue.create') {
    return { asks: true, reason: `${identifier} was created with the label ${label.name}` };
  }
  const reason = whyUpdateAsks(issue, { labelId: label.id, context });
  return reason === undefined ? unasked(whyIdle(issue)) : { asks: true, reason };
}

function whyIdle({ changes, identifier }: LinearIssueChange): string {
  if (changes === null) return `the payload does not tell what changed in ${identifier}`;
  return `the change of ${identifier} (${changes.fields.join(', ')}) does not ask for an analysis`;
}
