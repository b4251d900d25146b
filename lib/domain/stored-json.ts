import { RequestRejectedError } from './errors.ts';

/** Bytes of its JSON in UTF-8. An item of DynamoDB holds 400 KB, with its key and places. */
const longestValue = 200_000;

/**
 * A value of the store as JSON, the same on every host: what fits here fits there.
 * @throws RequestRejectedError for what is no JSON or too much of it
 */
export function toStoredJson(value: unknown): string {
  const json: unknown = JSON.stringify(value);
  if (typeof json === 'string' && Buffer.byteLength(json) <= longestValue) return json;
  throw new RequestRejectedError('invalid', 'A stored value is JSON of 200 KB at most.');
}
