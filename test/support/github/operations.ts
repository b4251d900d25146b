/**
 * The operations of GitHub's REST API that our adapter uses, or may use. `extract-operations.ts` takes
 * their descriptions into the fixture; what is not here, the test server does not know.
 */
export const operationIds = [
  'apps/create-installation-access-token',
  'apps/get-authenticated',
  'apps/get-org-installation',
  'apps/get-repo-installation',
  'apps/get-user-installation',
  'apps/get-webhook-config-for-app',
  'apps/get-webhook-delivery',
  'apps/list-installations',
  'apps/list-repos-accessible-to-installation',
  'apps/list-webhook-deliveries',
  'apps/redeliver-webhook-delivery',
  'apps/update-webhook-config-for-app',
  'checks/create',
  'checks/list-for-ref',
  'checks/update',
  'git/get-tree',
  'issues/create',
  'issues/get',
  'issues/list-for-repo',
  'issues/update',
  'orgs/create-webhook',
  'orgs/delete-webhook',
  'orgs/get-webhook',
  'orgs/get-webhook-delivery',
  'orgs/list-webhook-deliveries',
  'orgs/list-webhooks',
  'orgs/redeliver-webhook-delivery',
  'orgs/update-webhook',
  'orgs/update-webhook-config-for-org',
  'pulls/create',
  'pulls/list',
  'rate-limit/get',
  'repos/compare-commits-with-basehead',
  'repos/create-commit-status',
  'repos/create-webhook',
  'repos/delete-webhook',
  'repos/download-tarball-archive',
  'repos/get',
  'repos/get-branch',
  'repos/get-combined-status-for-ref',
  'repos/get-commit',
  'repos/get-webhook',
  'repos/get-webhook-delivery',
  'repos/list-commit-statuses-for-ref',
  'repos/list-webhook-deliveries',
  'repos/list-webhooks',
  'repos/redeliver-webhook-delivery',
  'repos/update-webhook',
  'repos/update-webhook-config-for-repo',
  'users/get-authenticated',
] as const;

/** Of GitHub's own naming: `repos/get-commit`. */
export type OperationId = (typeof operationIds)[number];

/** Operations whose example in the description the test server fills with what it knows. */
export const exampleIds = [
  'apps/get-authenticated',
  'apps/get-org-installation',
  'checks/create',
  'issues/create',
  'pulls/create',
  'rate-limit/get',
  'repos/compare-commits-with-basehead',
  'repos/create-commit-status',
  'repos/get',
  'repos/get-combined-status-for-ref',
  'repos/get-commit',
  'users/get-authenticated',
] as const satisfies readonly OperationId[];

export type ExampleId = (typeof exampleIds)[number];
