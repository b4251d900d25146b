import { GraphQLError } from 'graphql';

/** Errors as observed of the live service: https://linear.app/developers/graphql#errors */

export function notFound(entity: string): GraphQLError {
  return inputError(`Entity not found: ${entity}`, `Could not find referenced ${entity}.`);
}

export function alreadyExists(entity: string, id: string): GraphQLError {
  return inputError(
    `conflict on insert of ${entity}`,
    `Entity ${entity} with id ${id} already exists.`,
  );
}

function inputError(message: string, presentable: string): GraphQLError {
  return linearError(message, {
    type: 'invalid input',
    code: 'INPUT_ERROR',
    statusCode: 400,
    userPresentableMessage: presentable,
  });
}

export function invalidArgument(problem: string): GraphQLError {
  return linearError('Argument Validation Error', {
    type: 'invalid input',
    code: 'INVALID_INPUT',
    statusCode: 400,
    userPresentableMessage: problem,
  });
}

export function forbidden(message: string): GraphQLError {
  return linearError(message, {
    type: 'forbidden',
    code: 'FORBIDDEN',
    statusCode: 403,
    userPresentableMessage: message,
  });
}

export function unauthenticated(): GraphQLError {
  return linearError('Authentication required, not authenticated', {
    type: 'authentication error',
    code: 'AUTHENTICATION_ERROR',
    statusCode: 401,
    userPresentableMessage: 'You need to authenticate to access this operation.',
  });
}

export function rateLimited(): GraphQLError {
  return linearError('Rate limit exceeded. Only so many requests are allowed per 1 hour.', {
    type: 'ratelimited',
    code: 'RATELIMITED',
    statusCode: 429,
    userPresentableMessage: 'Rate limit exceeded.',
  });
}

interface LinearErrorExtensions {
  type: string;
  code: string;
  statusCode: number;
  userPresentableMessage: string;
}

function linearError(message: string, extensions: LinearErrorExtensions): GraphQLError {
  return new GraphQLError(message, { extensions: { userError: true, ...extensions } });
}
