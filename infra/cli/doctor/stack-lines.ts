import { formatTime } from '../../../lib/dashboard/run-text.ts';
import type { DescribedStack } from '../stack/describe-stack.ts';
import { ok, problem, warning, type CheckLine } from './check-line.ts';

const area = 'Stack';
const runbook = 'infra/RUNBOOK.md';

/** What CloudFormation says of it. */
export function judgeStack({
  deployedAt,
  region,
  status,
}: Pick<DescribedStack, 'deployedAt' | 'region' | 'status'>): CheckLine {
  const place = { area, subject: 'stack' } as const;
  const when = deployedAt === null ? '' : ` · deployed ${formatTime(deployedAt)} UTC`;
  const detail = `${status} in ${region}${when}`;
  if (status.endsWith('_FAILED')) {
    return problem(place, detail, 'look at its events in CloudFormation, then npx cdk deploy');
  }
  if (status.includes('ROLLBACK')) {
    const advice = 'its last deployment did not succeed: look at its events in CloudFormation';
    return warning(place, detail, advice);
  }
  if (status.endsWith('_IN_PROGRESS')) {
    return warning(place, detail, 'it is being deployed: look again when that is done');
  }
  return ok(place, detail);
}

/** @param isSame whether it was deployed with the configuration at hand */
export function judgeConfiguration(isSame: boolean): CheckLine {
  const place = { area, subject: 'configuration' } as const;
  if (isSame) return ok(place, 'the one at hand');
  return warning(
    place,
    'another one than that at hand',
    'npx cdk deploy, or use that of the stack',
  );
}

/** @param waiting what it takes from → messages in the queue */
export function judgeQueues(waiting: ReadonlyMap<string, number>): CheckLine[] {
  const full = [...waiting].filter(([, messages]) => messages > 0);
  if (full.length === 0) {
    const place = { area, subject: 'dead letter queues' } as const;
    return [ok(place, `${waiting.size}, all empty`)];
  }
  return full.map(([name, messages]) =>
    problem(
      { area, subject: `dead letters of ${name}` },
      `${messages} waiting`,
      `see what they are, and send them again: ${runbook}`,
    ),
  );
}

/** @param ringing names of the alarms that are in the state ALARM */
export function judgeAlarms(ringing: readonly string[]): CheckLine[] {
  if (ringing.length === 0) return [ok({ area, subject: 'alarms' }, 'none rings')];
  return ringing.map((name) =>
    problem({ area, subject: 'alarm' }, name, `${runbook} has an article for each`),
  );
}

export function judgeDashboard({
  DashboardUrl: url,
}: Pick<DescribedStack['outputs'], 'DashboardUrl'>): CheckLine {
  return ok({ area, subject: 'dashboard' }, url);
}

/** What SNS says instead of an ARN. */
const unconfirmed = 'PendingConfirmation';

/** @param subscriptions to the topic of the alarms: an alarm that nobody is told of is of no use */
export function judgeSubscriptions(
  subscriptions: readonly { SubscriptionArn?: string | undefined }[],
): CheckLine {
  const place = { area, subject: 'who is told' } as const;
  const all = subscriptions.length;
  const open = subscriptions.filter(({ SubscriptionArn: arn }) => arn === unconfirmed).length;
  if (all === 0) {
    return warning(place, 'nobody', 'set aws.stages.STAGE.alarmEmails, then npx cdk deploy');
  }
  if (open === 0) return ok(place, `${all} subscribed to the alarms`);
  const advice = 'whoever it is has to follow the link in the mail from AWS Notifications';
  return warning(place, `${open} of ${all} has not confirmed`, advice);
}

const manyVersions = 20;

/** @param versions flow → published versions of its function, the one in use among them */
export function judgeVersions(versions: ReadonlyMap<string, number>): CheckLine[] {
  return [...versions].map(([flow, count]) => {
    const place = { area, subject: `versions of ${flow}` } as const;
    const older = Math.max(0, count - 1);
    const detail = older === 0 ? 'one' : `the present one, and ${older} for runs that began before`;
    if (older < manyVersions) return ok(place, detail);
    return warning(place, detail, `remove those that no run needs any more: ${runbook}`);
  });
}
