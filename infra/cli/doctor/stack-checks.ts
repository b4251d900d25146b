import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateListVersionsByFunction } from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, type Subscription } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Settings } from '../settings.ts';
import { readListedSecrets } from '../secrets/list-secrets.ts';
import { isDeployedWith, openStack, type OpenStack } from '../stack/open-stack.ts';
import { orFailure, type CheckLine } from './check-line.ts';
import { judgeSecrets } from './secret-lines.ts';
import {
  judgeAlarms,
  judgeConfiguration,
  judgeDashboard,
  judgeQueues,
  judgeStack,
  judgeSubscriptions,
  judgeVersions,
} from './stack-lines.ts';

/** How the parts of a stack are on AWS, and whether its secrets are set. */
export async function checkStack(settings: Settings, name: string): Promise<CheckLine[]> {
  const open = await openStack(settings, name);
  const { clients, stack } = open;
  const vault = { client: clients.secretsManager, prefix: stack.outputs.SecretsPrefix };
  const found = await Promise.all([
    orFailure({ area: 'Stack', subject: 'dead letter queues' }, async () =>
      judgeQueues(await countDeadLetters(open)),
    ),
    orFailure({ area: 'Stack', subject: 'alarms' }, async () =>
      judgeAlarms(await listRingingAlarms(open)),
    ),
    orFailure({ area: 'Stack', subject: 'who is told' }, async () => [
      judgeSubscriptions(await listSubscriptions(open)),
    ]),
    orFailure({ area: 'Stack', subject: 'versions' }, async () =>
      judgeVersions(await countVersions(open)),
    ),
    orFailure({ area: 'Secrets', subject: 'Secrets Manager' }, async () =>
      judgeSecrets(await readListedSecrets(vault, settings.config.config), Date.now()),
    ),
  ]);
  const isSame = isDeployedWith(stack, settings);
  return [
    judgeStack(stack),
    judgeConfiguration(isSame),
    judgeDashboard(stack.outputs),
    ...found.flat(),
  ];
}

type Asked = Pick<OpenStack, 'clients' | 'stack'>;

/** What it takes from → messages in the queue. */
async function countDeadLetters({ clients, stack }: Asked): Promise<Map<string, number>> {
  const counts = Object.entries(stack.outputs.DeadLetterQueues).map(async ([name, url]) => {
    const { Attributes: attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return [name, Number(attributes?.ApproximateNumberOfMessages ?? 0)] as const;
  });
  return new Map(await Promise.all(counts));
}

/** Names of the alarms that tell the topic of the stack, and ring. */
async function listRingingAlarms({ clients, stack }: Asked): Promise<string[]> {
  const pages = paginateDescribeAlarms({ client: clients.cloudWatch }, { StateValue: 'ALARM' });
  const ringing: string[] = [];
  for await (const { MetricAlarms: alarms = [] } of pages) {
    const ours = alarms.filter(({ AlarmActions: actions }) =>
      actions?.includes(stack.outputs.AlarmTopic),
    );
    ringing.push(...ours.map(({ AlarmName: name = '' }) => name));
  }
  return ringing;
}

/** Of those who are told of alarms. */
async function listSubscriptions({ clients, stack }: Asked): Promise<Subscription[]> {
  const topic = { TopicArn: stack.outputs.AlarmTopic };
  const found: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: clients.sns }, topic)) {
    found.push(...(page.Subscriptions ?? []));
  }
  return found;
}

/** Flow → published versions of its function. */
async function countVersions({ clients, stack }: Asked): Promise<Map<string, number>> {
  const { Flows: flows, Functions: functions } = stack.outputs;
  const counts = Object.keys(flows).map(async (flow) => {
    const pages = paginateListVersionsByFunction(
      { client: clients.lambda },
      { FunctionName: functions[flow]?.name ?? flows[flow] },
    );
    let published = 0;
    for await (const { Versions: versions = [] } of pages) {
      published += versions.filter(({ Version: version }) => version !== '$LATEST').length;
    }
    return [flow, published] as const;
  });
  return new Map(await Promise.all(counts));
}
