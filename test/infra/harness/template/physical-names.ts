/** Where the stack is thought to be. */
export const place = {
  account: '123456789012',
  region: 'eu-west-1',
  stackId: '5d8f6a40-0000-4000-8000-000000000001',
} as const;

/** Six characters that Secrets Manager adds to the name of a secret. */
export const secretSuffix = 'AbC1d2';

/** How the resources of a type are called once they are there. */
export interface PhysicalName {
  /** What `Ref` gives. */
  ref: string;
  arn: string;
  /** Further attributes of `Fn::GetAtt`. */
  attributes?: Readonly<Record<string, string>>;
}

export interface NamedResource {
  /** Of the resource in the template. */
  id: string;
  /** That the template gives it, else one made of its id. */
  name: string;
  /** Another property, worked out. */
  property: (name: string) => string | undefined;
}

const { account, region } = place;
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const global = (service: string, rest: string) => `arn:aws:${service}::${rest}`;

/** Property of a resource that names it, and what follows from its name. */
interface Naming {
  nameProperty?: string;
  physical: (resource: NamedResource) => PhysicalName;
}

const namings: Readonly<Record<string, Naming>> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    physical: ({ name }) => ({ ref: name, arn: arn('lambda', `function:${name}`) }),
  },
  'AWS::Lambda::Version': {
    physical: ({ property }) => {
      const versionArn = `${functionArn(property('FunctionName'))}:1`;
      return { ref: versionArn, arn: versionArn, attributes: { Version: '1' } };
    },
  },
  'AWS::Lambda::Alias': {
    physical: ({ property }) => {
      const aliasArn = `${functionArn(property('FunctionName'))}:${property('Name')}`;
      return { ref: aliasArn, arn: aliasArn, attributes: { AliasArn: aliasArn } };
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    physical: ({ name }) => ({ ref: name, arn: global('iam', `${account}:role/${name}`) }),
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    physical: ({ name }) => ({ ref: name, arn: arn('dynamodb', `table/${name}`) }),
  },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    physical: ({ name }) => ({ ref: name, arn: arn('dynamodb', `table/${name}`) }),
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    physical: ({ name }) => {
      // Names of buckets are lower-case.
      const bucket = name.toLowerCase();
      return { ref: bucket, arn: `arn:aws:s3:::${bucket}` };
    },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    physical: ({ name }) => ({
      ref: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
      arn: arn('sqs', name),
      attributes: { QueueName: name },
    }),
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    physical: ({ name }) => {
      const topicArn = arn('sns', name);
      return { ref: topicArn, arn: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
    },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    physical: ({ name }) => ({
      ref: name,
      arn: arn('events', `event-bus/${name}`),
      attributes: { Name: name },
    }),
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    physical: ({ name, property }) => {
      const bus = property('EventBusName')?.split('/').at(-1) ?? 'default';
      const full = bus === 'default' ? name : `${bus}|${name}`;
      return { ref: full, arn: arn('events', `rule/${full.replace('|', '/')}`) };
    },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    physical: ({ name }) => {
      const secretArn = arn('secretsmanager', `secret:${name}-${secretSuffix}`);
      return { ref: secretArn, arn: secretArn, attributes: { Id: secretArn } };
    },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    physical: ({ name }) => ({ ref: name, arn: arn('logs', `log-group:${name}:*`) }),
  },
  'AWS::ApiGatewayV2::Api': {
    physical: ({ id }) => {
      const apiId = id.toLowerCase().slice(0, 10);
      const endpoint = `https://${apiId}.execute-api.${region}.amazonaws.com`;
      return {
        ref: apiId,
        arn: arn('apigateway', `/apis/${apiId}`),
        attributes: { ApiEndpoint: endpoint, ApiId: apiId },
      };
    },
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    physical: ({ name }) => ({ ref: name, arn: arn('cloudwatch', `alarm:${name}`) }),
  },
  'AWS::CloudWatch::CompositeAlarm': {
    nameProperty: 'AlarmName',
    physical: ({ name }) => ({ ref: name, arn: arn('cloudwatch', `alarm:${name}`) }),
  },
  'AWS::CloudWatch::Dashboard': {
    nameProperty: 'DashboardName',
    physical: ({ name }) => ({
      ref: name,
      arn: global('cloudwatch', `${account}:dashboard/${name}`),
    }),
  },
};

/** Any other resource is called by its id: nothing that runs here knows it. */
const plainNaming: Naming = {
  physical: ({ id }) => ({ ref: id, arn: arn('cloudformation', `resource/${id}`) }),
};

export function namingOf(type: string): Naming {
  return namings[type] ?? plainNaming;
}

/** Functions are given by name or by ARN. */
function functionArn(function_: string | undefined): string {
  if (function_ === undefined) throw new Error('A version or alias belongs to a function');
  return function_.startsWith('arn:') ? function_ : arn('lambda', `function:${function_}`);
}
