import type { LinearError } from '@linear/sdk';
import { z } from 'zod';
import { passing, type GraphqlProblem, type LinearAnswer } from './failures.ts';

export interface DocumentRequest {
  apiUrl: string;
  /** Value of the header. */
  authorization: string;
  document: string;
  variables: Record<string, unknown>;
  /** Milliseconds until the answer has to be there; the request is aborted then. */
  requestMs: number;
}

/**
 * One request with its answer, whatever that says. The SDK's client is made for each: its signal, which
 * would end all requests at once, belongs to the client. It is loaded here and not before.
 * @throws UpstreamError when there is no answer, or it is cut or no GraphQL
 */
export async function postDocument(request: DocumentRequest): Promise<LinearAnswer> {
  const { LinearError, LinearGraphQLClient } = await import('@linear/sdk');
  const client = new LinearGraphQLClient(request.apiUrl, {
    headers: { Authorization: request.authorization },
    // Credentials are not sent on to where an answer points.
    redirect: 'error',
    signal: AbortSignal.timeout(request.requestMs),
  });
  try {
    const { data, headers, status } = await client.rawRequest(request.document, request.variables);
    return { status: status ?? 200, headers: headers ?? new Headers(), data, problems: [] };
  } catch (error) {
    if (error instanceof LinearError) return answerIn(error);
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw passing(`Linear did not answer within ${request.requestMs / 1_000} s.`);
    }
    throw passing('Linear could not be reached, or its answer was cut.', undefined, error);
  }
}

const problemSchema = z
  .object({
    message: z.string().optional().catch(undefined),
    path: z.array(z.union([z.string(), z.number()])).catch([]),
    extensions: z
      .object({
        code: z.string().optional().catch(undefined),
        type: z.string().optional().catch(undefined),
        userPresentableMessage: z.string().optional().catch(undefined),
      })
      .catch({}),
  })
  .transform(({ extensions, message, path }): GraphqlProblem => {
    const { code, type, userPresentableMessage } = extensions;
    return { code, type, text: userPresentableMessage ?? message, path };
  });

/** What the SDK makes an error of: it keeps the answer as it came. */
function answerIn({ raw }: LinearError): LinearAnswer {
  const response = raw?.response;
  const status = response?.status ?? 0;
  const problems = z.array(problemSchema).catch([]).parse(response?.errors);
  if (status < 400 && problems.length === 0) {
    throw passing('Linear has answered something that is no GraphQL.', status);
  }
  return {
    status,
    headers: response?.headers ?? new Headers(),
    data: response?.data,
    problems,
  };
}
