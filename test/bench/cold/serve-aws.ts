/** A child process of the benchmark: AWS with the secrets of the webhooks, until the parent goes. */
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startAwsServer } from '../../support/aws/aws-server.ts';
import { testSecret } from '../../support/signed-delivery.ts';
import { secretsPrefix } from './function-variables.ts';

const aws = await startAwsServer();
const client = new SecretsManagerClient(aws.clientSettings);
for (const name of ['github-webhook-secret', 'linear-webhook-secret']) {
  const secret = { Name: `${secretsPrefix}${name}`, SecretString: testSecret };
  await client.send(new CreateSecretCommand(secret));
}
client.destroy();

const role = { arn: 'arn:aws:sts::123456789012:assumed-role/webhook/session' };
process.send?.(aws.environmentOf(aws.issue(role, { session: true })));
process.once('disconnect', () => process.exit());
