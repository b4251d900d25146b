import { Fn, Stack } from 'aws-cdk-lib';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';

/** The articles of infra/RUNBOOK.md that alarms lead to, by their anchors. */
export const articles = [
  'function-errors',
  'function-throttles',
  'dead-letters',
  'event-age',
  'schedule-silent',
  'run-failures',
  'agent-failures',
  'agent-budget',
  'ingress-errors',
  'signature-failures',
] as const;
export type Article = (typeof articles)[number];

/** What whoever is woken by an alarm reads first. */
export interface AlarmText {
  article: Article;
  /** What people notice of it, or lose. */
  impact: string;
  /** Where it shows first. */
  logs: LogGroup;
}

export function describe({ article, impact, logs }: AlarmText): string {
  return `${impact} Runbook: infra/RUNBOOK.md#${article} Logs: ${logsUrl(logs)}`;
}

/** The page of a log group; the console wants the slashes of its name encoded twice over. */
export function logsUrl(logs: LogGroup): string {
  const { region } = Stack.of(logs);
  const name = Fn.join('$252F', Fn.split('/', logs.logGroupName));
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home`;
  return `${console}?region=${region}#logsV2:log-groups/log-group/${name}`;
}
