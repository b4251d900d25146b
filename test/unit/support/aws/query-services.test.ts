import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '@smithy/core/checksum';
import { expect, test } from 'vitest';
import { startedAws } from '../../../support/aws/started-aws.ts';

test('describes a stack with its outputs', async () => {
  const server = await startedAws();
  server.cloudFormation.deploy({ name: 'app', outputs: { Url: 'https://a/?x=1&y=<2>' } });
  const client = new CloudFormationClient(server.clientSettings);

  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'app' }));

  expect(Stacks).toMatchObject([
    {
      StackName: 'app',
      StackStatus: 'CREATE_COMPLETE',
      CreationTime: expect.any(Date),
      Outputs: [{ OutputKey: 'Url', OutputValue: 'https://a/?x=1&y=<2>' }],
    },
  ]);
});

test('says of a stack that does not exist what CloudFormation says', async () => {
  const server = await startedAws();
  const client = new CloudFormationClient(server.clientSettings);

  const describing = client.send(new DescribeStacksCommand({ StackName: 'gone' }));

  await expect(describing).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id gone does not exist',
  });
});

test('keeps what was published to a topic', async () => {
  const server = await startedAws();
  const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:alarms';
  const attributes = { level: { DataType: 'String', StringValue: 'high' } };

  const answer = await new SNSClient(server.clientSettings).send(
    new PublishCommand({ TopicArn, Message: 'a & b', MessageAttributes: attributes }),
  );

  expect(answer.MessageId).toBeDefined();
  expect(server.sns.published).toEqual([
    { TopicArn, Message: 'a & b', MessageAttributes: attributes },
  ]);
  expect(server.violations).toEqual([]);
});

test('tells who one is', async () => {
  const server = await startedAws();
  const { credentials } = server.clientSettings;
  const signer = new SignatureV4({
    credentials,
    region: server.region,
    service: 'sts',
    sha256: Sha256,
  });
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const { hostname, host } = new URL(server.url);
  const signed = await signer.sign({
    protocol: 'http:',
    hostname,
    method: 'POST',
    path: '/',
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

  const answer = await fetch(server.url, { method: 'POST', headers: signed.headers, body });

  expect(await answer.text()).toContain('<Arn>arn:aws:iam::123456789012:user/administrator</Arn>');
});
