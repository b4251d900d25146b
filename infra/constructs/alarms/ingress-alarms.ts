import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { DeployedFunction } from '../deployed-function.ts';
import type { WebhookApi } from '../webhook-api.ts';
import type { AlarmMaker } from './alarm-maker.ts';
import { ownMetric } from './own-metric.ts';

/** What senders of webhooks meet. */
export function watchIngress(maker: AlarmMaker, stackName: string, api: WebhookApi): void {
  maker.add({
    article: 'ingress-errors',
    impact:
      'Deliveries are refused with a 5xx; those of GitHub come back within 15 minutes at best.',
    logs: api.accessLogs,
    metric: api.api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
    when: { atLeast: 3 },
  });
  for (const [source, target] of Object.entries(api.senders)) {
    watchSignatures(maker, stackName, { source, target });
  }
}

/** A stranger knocks once in a while; a secret that is wrong on one side refuses every delivery. */
function watchSignatures(
  maker: AlarmMaker,
  stackName: string,
  { source, target }: { source: string; target: DeployedFunction },
): void {
  maker.add({
    article: 'signature-failures',
    of: source,
    impact: `Deliveries of ${source} are turned away for their signatures: a secret differs, or somebody tries.`,
    logs: target.logGroup,
    metric: ownMetric({
      name: 'WebhookRefused',
      stackName,
      dimensions: { source, reason: 'signature' },
      period: Duration.minutes(15),
    }),
    when: { atLeast: 5 },
  });
}
