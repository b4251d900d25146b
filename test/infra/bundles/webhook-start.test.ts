import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { deployedVariables } from '../../../lib/runtime/deployed-environment.ts';
import { startedAws } from '../../support/aws/started-aws.ts';
import type { FaultScript } from '../../support/aws/faults.ts';
import { startLambdaProcess } from '../../support/lambda/lambda-process.ts';
import { githubDelivery, testSecret } from '../../support/signed-delivery.ts';
import { architecture, config } from './bundled-functions.ts';

const role = { arn: 'arn:aws:sts::123456789012:assumed-role/github-webhook/session' };

/** The bundle of github-webhook in a process of its own, started while AWS has a fault. */
async function startWithFault(fault: FaultScript) {
  const aws = await startedAws();
  aws.events.createBus('deliveries');
  const admin = new SecretsManagerClient(aws.clientSettings);
  await admin.send(
    new CreateSecretCommand({ Name: 'test/github-webhook-secret', SecretString: testSecret }),
  );
  const credentials = aws.issue(role, { session: true });
  aws.script(fault);
  const running = await startLambdaProcess({
    ...bundleFunction({ name: 'github-webhook', architecture, config }),
    environment: {
      ...aws.environmentOf(credentials),
      [deployedVariables.bus]: 'deliveries',
      [deployedVariables.secretsPrefix]: 'test/',
    },
  });
  onTestFinished(() => running.stop());

  const deliver = async () => {
    const { body, headers } = githubDelivery({ zen: 'Calm.' });
    const requestContext = { http: { method: 'POST' } };
    const event = { requestContext, headers, body: body.toString(), isBase64Encoded: false };
    return (await running.invoke(event)).payload;
  };
  return { aws, credentials, deliver, running };
}

/** The two versions of the secret are read in up to three attempts each. */
const attemptsAtStart = 6;

test('a secret that cannot be fetched during start-up is fetched for the first delivery', async () => {
  const { aws, deliver } = await startWithFault({
    service: 'secretsmanager',
    act: 'error500',
    times: attemptsAtStart,
  });
  expect(await deliver()).toMatchObject({ statusCode: 202 });
  expect(aws.events.events('deliveries')).toHaveLength(1);
});

test('while it cannot be fetched the sender is told to come again, and the log tells no secret', async () => {
  const { aws, credentials, deliver, running } = await startWithFault({
    service: 'secretsmanager',
    act: 'throttle',
    times: 2 * attemptsAtStart,
  });
  expect(await deliver()).toMatchObject({ statusCode: 503 });
  const log = running.logs.join('\n');
  expect(log).toContain('ThrottlingException');
  for (const secret of [testSecret, credentials.secretAccessKey, credentials.sessionToken]) {
    expect(log).not.toContain(secret);
  }
  expect(await deliver()).toMatchObject({ statusCode: 202 });
  expect(aws.events.events('deliveries')).toHaveLength(1);
});
