import type { z } from 'zod';
import {
  createServiceRequests,
  type ServiceRequestsOptions,
} from '../../runtime/json-service/service-requests.ts';
import type { ServiceRates } from '../../runtime/json-service/service-rates.ts';
import type { CodegenCredentials } from './credentials.ts';
import { codegen, explainRefusal } from './failures.ts';

export interface CodegenQuestion<Data> {
  method: 'GET' | 'POST';
  /** With its query, within the organisation: `/agent/run`. */
  path: string;
  /** `account`: the path is not within the organisation. Default: `organisation`. */
  scope?: 'organisation' | 'account';
  /** Default: v1. */
  version?: 'v1' | 'v1/alpha';
  body?: unknown;
  schema: z.ZodType<Data>;
  /** What it means that something is not there, without a full stop. */
  missing: string;
  /** Makes a new agent run: fewer of these are allowed. */
  isCreation?: boolean;
}

export interface CodegenApi {
  /** @throws UpstreamError with words that say what to do */
  ask<Data>(question: CodegenQuestion<Data>): Promise<Data>;
  /** Number of the organisation that is asked. @throws UpstreamError without credentials */
  organisation(): Promise<string>;
}

export type CodegenApiOptions = Omit<ServiceRequestsOptions<CodegenCredentials>, 'name'> &
  ServiceRates;

/** @see https://docs.codegen.com/api-reference */
export function createCodegenApi(options: CodegenApiOptions): CodegenApi {
  const { creations, credentials, others } = options;
  const requests = createServiceRequests({ ...options, name: codegen });
  return {
    ask: async (question) => {
      const { isCreation, missing, path, scope, version = 'v1', ...asked } = question;
      return await requests.ask({
        ...asked,
        path: ({ organisation }) =>
          scope === 'account'
            ? `/${version}${path}`
            : `/${version}/organizations/${organisation}${path}`,
        rate: isCreation === true ? creations : others,
        explain: (refusal) => explainRefusal(refusal, missing),
      });
    },
    organisation: async () => (await credentials.current()).organisation,
  };
}
