import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Types whose bodies API Gateway hands on as text; all others are base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml|.*\+json|.*\+xml))/;

/**
 * What a function is given for a request, in payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function gatewayEvent(
  request: IncomingMessage,
  { body, routeKey, apiId }: { body: Buffer; routeKey: string; apiId: string },
): Record<string, unknown> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://api');
  const isText = textTypes.test(request.headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: joinedHeaders(request),
    requestContext: {
      apiId,
      domainName: `${apiId}.execute-api.eu-west-1.amazonaws.com`,
      http: {
        method: request.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Names in lower case; repeated ones are joined by commas. */
function joinedHeaders({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
}
