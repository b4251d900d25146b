import { isJsonObject, type JsonObject } from '../../../lib/domain/json-fields.ts';
import { problemsOf, type Operation } from './description.ts';

export interface RequestParts {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** As it came; empty where there is none. */
  body: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const largestPage = 100;

/** What GitHub's description does not allow in a request. */
export function requestProblems(operation: Operation, parts: RequestParts): string[] {
  return [
    ...headerProblems(parts),
    ...pathProblems(operation, parts),
    ...queryProblems(operation, parts),
    ...bodyProblems(operation, parts),
  ];
}

function headerProblems({ body, headers }: RequestParts): string[] {
  const problems: string[] = [];
  if (headers['user-agent'] === undefined) problems.push('the header user-agent is missing');
  const isJson = String(headers['content-type'] ?? '').startsWith('application/json');
  if (body !== '' && !isJson) problems.push('the header content-type is not application/json');
  return problems;
}

function pathProblems({ parameters }: Operation, { params }: RequestParts): string[] {
  return parameters
    .filter(({ in: place }) => place === 'path')
    .flatMap(({ name, schema }) =>
      problemsOf(schema, readParameter(schema, params[name] ?? ''), `path ${name}`),
    );
}

function queryProblems({ parameters }: Operation, { query }: RequestParts): string[] {
  const known = parameters.filter(({ in: place }) => place === 'query');
  const problems = known
    .filter(({ name, required }) => required && !query.has(name))
    .map(({ name }) => `query ${name} is missing`);
  for (const [name, text] of query) {
    const parameter = known.find((candidate) => candidate.name === name);
    if (parameter === undefined) problems.push(`query ${name} is not known`);
    else problems.push(...valueProblems(parameter.schema, name, text));
  }
  return problems;
}

function valueProblems(schema: JsonObject, name: string, text: string): string[] {
  if (name === 'per_page' && Number(text) > largestPage) {
    return [`query per_page is above ${largestPage}`];
  }
  return problemsOf(schema, readParameter(schema, text), `query ${name}`);
}

/** Parameters come as text: what does not read as its type stays text, and is refused as that. */
function readParameter({ type }: JsonObject, text: string): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

function bodyProblems({ body: schema }: Operation, { body: text }: RequestParts): string[] {
  if (text === '') return schema === undefined ? [] : problemsOf(schema, {}, 'body');
  if (schema === undefined) return ['the operation takes no body'];
  const body = parseBody(text);
  if (body === undefined) return ['the body is not a JSON object'];
  return problemsOf(schema, body, 'body');
}

/** The JSON object of a body; undefined where it is none. An empty body stands for an empty object. */
export function parseBody(text: string): JsonObject | undefined {
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
