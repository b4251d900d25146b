import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** Where alarms are told; by TLS only. Not encrypted by a key of ours: alarms could not publish without rights on it. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      displayName: `Alarms of ${stage.stackName}`,
      enforceSSL: true,
    });
    for (const address of stage.alarmEmails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
  }
}
