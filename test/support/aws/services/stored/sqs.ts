import * as client from '@aws-sdk/client-sqs';
import type { AwsService } from '../../service.ts';
import { createJsonWire } from '../../wire/json-wire.ts';
import { serviceSchemas } from '../../wire/service-schemas.ts';
import { passOn } from './pass-on.ts';

/** @param endpoint of the server that keeps the queues */
export function createSqs(endpoint: string): AwsService {
  return {
    name: 'sqs',
    wire: createJsonWire(serviceSchemas(client), '1.0'),
    resources: (_operation, input: { QueueUrl?: string; QueueName?: string }, call) => {
      const name = input.QueueUrl?.split('/').at(-1) ?? input.QueueName;
      return [name === undefined ? '*' : `arn:aws:sqs:${call.region}:${call.account}:${name}`];
    },
    forward: (request) => passOn(endpoint, request),
  };
}
