import type { z } from 'zod';
import type { ServiceCredentials } from '../../runtime/json-service/live-credentials.ts';
import {
  createServiceRequests,
  type ServiceRequestsOptions,
} from '../../runtime/json-service/service-requests.ts';
import type { ServiceRates } from '../../runtime/json-service/service-rates.ts';
import { cursor, explainRefusal } from './failures.ts';

export interface CursorQuestion<Data> {
  method: 'GET' | 'POST';
  /** `/v1/me` */
  path: string;
  body?: unknown;
  /** Of a creation: one thing comes of it, however often it is asked for. */
  idempotencyKey?: string;
  schema: z.ZodType<Data>;
  /** What it means that something is not there, without a full stop. */
  missing: string;
}

export interface CursorApi {
  /** @throws UpstreamError with words that say what to do */
  ask<Data>(question: CursorQuestion<Data>): Promise<Data>;
}

export type CursorApiOptions = Omit<ServiceRequestsOptions<ServiceCredentials>, 'name'> &
  ServiceRates;

/** @see https://cursor.com/docs/cloud-agent/api/endpoints */
export function createCursorApi(options: CursorApiOptions): CursorApi {
  const { creations, others } = options;
  const requests = createServiceRequests({ ...options, name: cursor });
  return {
    ask: async ({ idempotencyKey, missing, path, ...question }) =>
      await requests.ask({
        ...question,
        path: () => path,
        ...(idempotencyKey !== undefined && { headers: { 'idempotency-key': idempotencyKey } }),
        rate: idempotencyKey === undefined ? others : creations,
        explain: (refusal) => explainRefusal(refusal, missing),
      }),
  };
}
