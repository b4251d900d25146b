/** The tracker as a person sets it up: `cicd linear init`, `cicd webhooks`, `cicd doctor`. */
export interface TrackerAdmin {
  /** Who we are there, and what we may do. @throws UpstreamError when the credentials are not accepted */
  whoAmI(): Promise<TrackerIdentity>;
  /** Undefined when there is no such team that we may see. @param key `ENG` */
  findTeam(key: string): Promise<{ id: string; key: string; name: string } | undefined>;
  /** Those that we may see, in alphabetical order; 250 at most. */
  listTeams(): Promise<{ key: string; name: string }[]>;
  /** Labels of the team and of the workspace with one of these names; case does not count. */
  findLabels(teamId: string, names: readonly string[]): Promise<{ id: string; name: string }[]>;
  createLabel(label: { id: string; teamId: string; name: string }): Promise<void>;
  /** Names of the states that issues of the team can have. */
  listStates(teamId: string): Promise<{ name: string; type: string }[]>;
  /** Under an id chosen by us (a UUID of version 4); without effect when it is there already. */
  createIssue(issue: NewIssue): Promise<{ id: string; identifier: string; url: string }>;
  /** @throws UpstreamError with status 403 where only an administrator may see them */
  listWebhooks(): Promise<TrackerWebhook[]>;
  createWebhook(webhook: WantedTrackerWebhook): Promise<TrackerWebhook>;
  updateWebhook(id: string, webhook: WantedTrackerWebhook): Promise<void>;
  removeWebhook(id: string): Promise<void>;
}

export interface TrackerIdentity {
  /** Of the user or app. */
  name: string;
  isApp: boolean;
  isAdmin: boolean;
  workspace: string;
  /** Requests; null where the service did not tell. */
  quota: { remaining: number; limit: number; resetsAt: string } | null;
}

export interface NewIssue {
  id: string;
  teamId: string;
  title: string;
  /** Markdown. */
  description: string;
  parentId?: string;
}

export interface WantedTrackerWebhook {
  url: string;
  /** `Issue` */
  resourceTypes: readonly string[];
  label: string;
  /** Signs the deliveries. Absent: stays as it is. */
  secret?: string;
}

export interface TrackerWebhook {
  id: string;
  url: string;
  label: string;
  enabled: boolean;
  resourceTypes: string[];
  /** What could not be delivered, newest first. */
  failures: { executionId: string; at: string; httpStatus: number | null; reason: string }[];
}
