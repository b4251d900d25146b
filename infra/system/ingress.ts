import type { Stack } from 'aws-cdk-lib';
import { DeployedFunction } from '../constructs/deployed-function.ts';
import { WebhookApi } from '../constructs/webhook-api.ts';
import type { Foundation } from './foundation.ts';

/**
 * Deliveries come in here. A sender waits ten seconds for the answer; the functions give up before that by themselves,
 * and their time-out is for when they cannot.
 */
export function addIngress(stack: Stack, foundation: Foundation): WebhookApi {
  const { bus, deployment, secrets, stackName } = foundation;
  const common = {
    deployment,
    timeoutSeconds: 15,
    invokedBy: 'answer',
    // Reading the maps would cost a sender's time.
    sourceMaps: false,
  } as const;

  const github = new DeployedFunction(stack, 'GithubWebhook', {
    ...common,
    file: 'github-webhook',
    description: 'Takes the deliveries of GitHub',
    uses: [stackName, bus.publish(), secrets.read('GITHUB_WEBHOOK_SECRET')],
  });
  const linear = new DeployedFunction(stack, 'LinearWebhook', {
    ...common,
    file: 'linear-webhook',
    description: 'Takes the deliveries of Linear',
    uses: [stackName, bus.publish(), secrets.read('LINEAR_WEBHOOK_SECRET')],
  });
  return new WebhookApi(stack, 'Webhooks', {
    stage: deployment.stage,
    senders: { github, linear },
  });
}
