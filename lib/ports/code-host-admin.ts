/** The code host as a person sets it up: `cicd webhooks`, `cicd doctor`. */
export interface CodeHostAdmin {
  /** Who we are there, and what we may do. @throws UpstreamError when the credentials are not accepted */
  whoAmI(): Promise<CodeHostIdentity>;
  /** What we may do with a repository; undefined when there is none that we may see. */
  getAccess(repository: string): Promise<RepositoryAccess | undefined>;
  /** @throws UpstreamError with status 403 or 404 where we may not see them */
  listWebhooks(place: WebhookPlace): Promise<HostWebhook[]>;
  createWebhook(place: WebhookPlace, webhook: WantedHostWebhook): Promise<HostWebhook>;
  updateWebhook(place: WebhookPlace, id: string, webhook: WantedHostWebhook): Promise<void>;
  /** Without effect where it is gone already. */
  removeWebhook(place: WebhookPlace, id: string): Promise<void>;
  /** What became of the webhook's last delivery; null before the first. @param id `app` for that of an App */
  getLastDelivery(place: WebhookPlace, id: string): Promise<LastDelivery | null>;
}

/** An App has one webhook, which is made together with it. */
export type WebhookPlace =
  | { kind: 'app' }
  | { kind: 'organisation'; organisation: string }
  | { kind: 'repository'; repository: string };

export interface CodeHostIdentity {
  kind: 'none' | 'token' | 'app';
  /** Login of the user, or the App's name; null without credentials. */
  name: string | null;
  /** Of a classic token; null where the service does not tell them. */
  scopes: string[] | null;
  /** ISO 8601 UTC; null where it does not expire or the service does not tell. */
  expiresAt: string | null;
  /** Requests an hour; null where the service did not tell. */
  quota: { remaining: number; limit: number; resetsAt: string } | null;
}

export interface RepositoryAccess {
  /** Of an App's installation, `{ contents: 'read', checks: 'write' }`; null where only use would tell. */
  permissions: Record<string, string> | null;
  /** Of the user behind a token; null for an App. */
  role: 'read' | 'triage' | 'write' | 'maintain' | 'admin' | null;
}

export interface WantedHostWebhook {
  url: string;
  /** `push` */
  events: readonly string[];
  /** Signs the deliveries. Absent: stays as it is. */
  secret?: string;
}

export interface HostWebhook {
  /** `app` for that of an App. */
  id: string;
  url: string;
  active: boolean;
  /** Those of an App can be changed on the page of its settings only. */
  events: string[];
  contentType: string;
}

export interface LastDelivery {
  /** ISO 8601 UTC */
  at: string;
  /** In the service's words: `OK`, `timed out`. */
  status: string;
  /** What was answered; null where nobody did. */
  code: number | null;
}
