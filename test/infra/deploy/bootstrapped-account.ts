import { AwsError } from '../../support/aws/wire/aws-error.ts';
import { encodeQueryAnswer, encodeQueryError } from '../../support/aws/wire/query-wire.ts';
import type { CredentialBook } from '../../support/aws/credentials.ts';
import type { AwsService } from '../../support/aws/service.ts';
import type { Wire } from '../../support/aws/wire/wire.ts';

const xmlNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Says who the caller is, and lends the roles that `cdk bootstrap` has made. */
export function createRoleLender(credentials: CredentialBook, account: string): AwsService {
  return {
    name: 'sts',
    wire: {
      async decode({ body }) {
        const form = new URLSearchParams(body.toString());
        const operation = form.get('Action') ?? '';
        return { operation, input: Object.fromEntries(form), problems: [] };
      },
      encode(name, output, requestId) {
        return encodeQueryAnswer({ name, members: toXml(output), xmlNamespace, requestId });
      },
      encodeError: (error, requestId) => encodeQueryError(error, { requestId }),
    },
    operations: {
      GetCallerIdentity: () => ({
        Account: account,
        Arn: `arn:aws:iam::${account}:user/deployer`,
        UserId: 'deployer',
      }),
      AssumeRole({ RoleArn = '' }: { RoleArn?: string }) {
        if (!RoleArn.startsWith(`arn:aws:iam::${account}:role/cdk-hnb659fds-`)) {
          throw new AwsError('AccessDeniedException', `${RoleArn} is no role of the bootstrap`);
        }
        const lent = credentials.issue({ arn: RoleArn }, { session: true });
        return {
          AssumedRoleUser: { Arn: RoleArn, AssumedRoleId: 'AROA:cdk' },
          Credentials: {
            AccessKeyId: lent.accessKeyId,
            SecretAccessKey: lent.secretAccessKey,
            SessionToken: lent.sessionToken,
            Expiration: new Date(Date.now() + 3_600_000).toISOString(),
          },
        };
      },
    },
  };
}

/** Which version of the bootstrap the account has. */
export function createBootstrapVersion(): AwsService {
  return {
    name: 'ssm',
    wire: jsonWire,
    operations: {
      GetParameter: ({ Name }: { Name?: string }) => ({
        Parameter: { Name, Type: 'String', Value: '30', Version: 1 },
      }),
    },
  };
}

const jsonWire: Wire = {
  async decode({ body, headers }) {
    const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
    return { operation, input: JSON.parse(body.toString()), problems: [] };
  },
  encode: (_operation, output) => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(output),
  }),
  encodeError: ({ message, type }) => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: type, message }),
  }),
};

/** Every member an element; keys of credentials may hold what XML minds. */
function toXml(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => {
      const inner = typeof member === 'object' ? toXml(member) : `<![CDATA[${member}]]>`;
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}
