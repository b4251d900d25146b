import type { SecretStore } from '../../ports/secret-store.ts';
import {
  createLiveCredentials,
  liveValues,
  type LiveCredentials,
} from '../../runtime/json-service/live-credentials.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import { codegen } from './failures.ts';

export interface CodegenCredentials {
  token: string;
  /** Its number, a part of most addresses. */
  organisation: string;
}

/** A token of the organisation, and the one before while both are live. */
export function createCredentials(secrets: SecretStore): LiveCredentials<CodegenCredentials> {
  return createLiveCredentials(secrets, async () => {
    const [token, ...previous] = await liveValues(secrets, 'CODEGEN_API_TOKEN', codegen);
    const organisations = await liveValues(secrets, 'CODEGEN_ORG_ID', codegen);
    if (!organisations.every((id) => /^\d+$/.test(id))) {
      throw final(codegen, "CODEGEN_ORG_ID must be the organisation's number at Codegen.");
    }
    const [organisation, before = organisation] = organisations;
    return [
      { token, organisation },
      ...previous.map((old) => ({ token: old, organisation: before })),
    ];
  });
}

export async function isConfigured(secrets: SecretStore): Promise<boolean> {
  const token = await secrets.get('CODEGEN_API_TOKEN');
  const organisation = await secrets.get('CODEGEN_ORG_ID');
  return token.length > 0 && organisation.length > 0;
}
