import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/**
 * Where alarms are told; by TLS only. It is not encrypted at rest: alarms cannot publish to a topic under AWS's own
 * key, a key of ours would cost more than all that is idle here, and an alarm tells no secret.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      displayName: `Alarms of ${stage.stackName}`,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(alarmsMayPublish(this.topic));
    for (const address of stage.alarmEmails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
  }
}

/** A policy of its own, as TLS asks for, takes the place of the one that lets everything in the account publish. */
function alarmsMayPublish(topic: Topic): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
  });
}
