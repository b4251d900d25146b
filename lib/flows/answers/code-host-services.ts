import type { CodeHost } from '../../ports/code-host.ts';

/** What answers on GitHub are made with. */
export interface CodeHostServices {
  codeHost: CodeHost;
  /** Address of a run's page. */
  linkTo: (runId: string) => string;
}

/** Undefined when credentials are set; else what is missing. */
export async function whyNoCodeHost(codeHost: CodeHost): Promise<string | undefined> {
  return (await codeHost.isConfigured()) ? undefined : 'no credentials of GitHub are set';
}
