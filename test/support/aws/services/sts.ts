import type { AwsService, Call } from '../service.ts';
import { encodeQueryAnswer, encodeQueryError, escapeXml } from '../wire/query-wire.ts';

const xmlNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Who the caller is: the one operation that needs no permission. No client with its schema is installed. */
export function createSts(): AwsService {
  return {
    name: 'sts',
    resources: () => [],
    wire: {
      async decode({ body }) {
        const operation = new URLSearchParams(body.toString()).get('Action') ?? '';
        return operation === 'GetCallerIdentity'
          ? { operation, input: {}, problems: [] }
          : undefined;
      },
      encode(name, output, requestId) {
        const members = Object.entries(output)
          .map(([member, value]) => `<${member}>${escapeXml(String(value))}</${member}>`)
          .join('');
        return encodeQueryAnswer({ name, members, xmlNamespace, requestId });
      },
      encodeError: (error, requestId) => encodeQueryError(error, { requestId }),
    },
    operations: {
      GetCallerIdentity: (_input: object, { account, principal }: Call) => ({
        Account: account,
        Arn: principal,
        UserId: principal.split('/').at(-1),
      }),
    },
  };
}
