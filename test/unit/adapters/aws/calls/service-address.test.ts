import { expect, test } from 'vitest';
import { addressOf } from '../../../../../lib/adapters/aws/calls/signed/service-address.ts';

test.each([
  ['events', 'eu-west-1', 'https://events.eu-west-1.amazonaws.com/'],
  ['secretsmanager', 'us-gov-west-1', 'https://secretsmanager.us-gov-west-1.amazonaws.com/'],
  ['secretsmanager', 'cn-north-1', 'https://secretsmanager.cn-north-1.amazonaws.com.cn/'],
] as const)('%s of %s is at %s', (service, region, address) => {
  expect(addressOf(service, { AWS_REGION: region }).href).toBe(address);
});

test('the variable of a service has precedence over that of all', () => {
  const environment = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_EVENTBRIDGE: 'https://vpce.example',
  };
  expect(addressOf('events', environment).href).toBe('https://vpce.example/');
  expect(addressOf('secretsmanager', environment).href).toBe('http://127.0.0.1:1/');
});
