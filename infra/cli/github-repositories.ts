import { isOnGithub } from '../../lib/domain/on-github.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';

type Repository = Config['repositories'][number];

/** Repositories for which GitHub is asked or answered. */
export function listGithubRepositories({ repositories }: Config): Repository[] {
  return repositories.filter(isOnGithub);
}

/** Whether anything but reading public source is asked for. */
export function needsGithubCredentials(config: Config): boolean {
  return listGithubRepositories(config).some(({ githubReport }) => githubReport !== 'none');
}
