import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { startedAws } from '../../../support/aws/started-aws.ts';

async function startedSecrets() {
  const server = await startedAws();
  const client = new SecretsManagerClient(server.clientSettings);
  return { server, client };
}

test('keeps the value before when a secret gets a new one', async () => {
  const { client } = await startedSecrets();
  await client.send(new CreateSecretCommand({ Name: 'app/key', SecretString: 'one' }));

  await client.send(new PutSecretValueCommand({ SecretId: 'app/key', SecretString: 'two' }));

  const read = async (VersionStage?: string) =>
    client.send(new GetSecretValueCommand({ SecretId: 'app/key', VersionStage }));
  expect((await read()).SecretString).toBe('two');
  expect((await read('AWSPREVIOUS')).SecretString).toBe('one');
});

test('says of a secret without a value that none is found', async () => {
  const { client } = await startedSecrets();
  const { ARN } = await client.send(new CreateSecretCommand({ Name: 'app/empty' }));

  const reading = client.send(new GetSecretValueCommand({ SecretId: ARN }));

  await expect(reading).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringContaining('AWSCURRENT'),
  });
});

test('moves a stage back to the version before', async () => {
  const { client } = await startedSecrets();
  const { VersionId: first } = await client.send(
    new CreateSecretCommand({ Name: 'app/key', SecretString: 'one' }),
  );
  const { VersionId: second } = await client.send(
    new PutSecretValueCommand({ SecretId: 'app/key', SecretString: 'two' }),
  );

  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: 'app/key',
      VersionStage: 'AWSCURRENT',
      RemoveFromVersionId: second,
      MoveToVersionId: first,
    }),
  );

  const described = await client.send(new DescribeSecretCommand({ SecretId: 'app/key' }));
  expect(described.VersionIdsToStages).toEqual({
    [String(first)]: ['AWSCURRENT'],
    [String(second)]: ['AWSPREVIOUS'],
  });
});

test('lists by the beginning of names, and not what was deleted', async () => {
  const { client } = await startedSecrets();
  for (const Name of ['app/a', 'app/b', 'other']) {
    await client.send(new CreateSecretCommand({ Name, SecretString: 'value' }));
  }
  await client.send(new DeleteSecretCommand({ SecretId: 'app/b' }));

  const listed = await client.send(
    new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['app/'] }] }),
  );

  expect(listed.SecretList?.map(({ Name }) => Name)).toEqual(['app/a']);
});
