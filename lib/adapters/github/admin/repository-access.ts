import { z } from 'zod';
import { UpstreamError } from '../../../domain/errors.ts';
import type { RepositoryAccess } from '../../../ports/code-host-admin.ts';
import type { GithubAccess } from '../access/access.ts';
import { repositoryParts } from '../requests/repository-parts.ts';
import { requestJson } from '../requests/request.ts';

const installationSchema = z.object({ permissions: z.record(z.string(), z.string()) });
/** Absent for whoever has not said who he is. */
const repositorySchema = z.object({
  permissions: z
    .object({
      admin: z.boolean(),
      maintain: z.boolean().default(false),
      push: z.boolean(),
      triage: z.boolean().default(false),
      pull: z.boolean(),
    })
    .optional(),
});
type Permissions = z.infer<typeof repositorySchema>['permissions'];

export async function getRepositoryAccess(
  access: GithubAccess,
  repository: string,
): Promise<RepositoryAccess | undefined> {
  const question = {
    parameters: repositoryParts(repository),
    subject: repository,
    right: 'Metadata: read',
  };
  const app = await access.appClient();
  try {
    if (app !== undefined) {
      const route = 'GET /repos/{owner}/{repo}/installation';
      const asked = { ...question, route, schema: installationSchema };
      const { permissions } = await requestJson(app, asked);
      return { permissions, role: null };
    }
    const route = 'GET /repos/{owner}/{repo}';
    const client = await access.clientFor(repository);
    const { permissions } = await requestJson(client, {
      ...question,
      route,
      schema: repositorySchema,
    });
    return { permissions: null, role: roleOf(permissions) };
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) return undefined;
    throw error;
  }
}

/** The highest one; who sees a repository may read it. */
function roleOf(permissions: Permissions): RepositoryAccess['role'] {
  if (permissions?.admin === true) return 'admin';
  if (permissions?.maintain === true) return 'maintain';
  if (permissions?.push === true) return 'write';
  return permissions?.triage === true ? 'triage' : 'read';
}
