import { RequestRejectedError } from '../../../domain/errors.ts';
import type { GithubSource } from '../../../domain/source.ts';
import { explainRefusal, type CredentialKind, type Refusal } from '../requests/failures.ts';

/** What it means for a source that GitHub has refused: who asked for it can ask for another one. */
export function explainSourceRefusal(
  refusal: Refusal,
  source: GithubSource,
  credential: CredentialKind,
): Error {
  const { repository } = source;
  const { status } = refusal;
  if (status === 404) return notFound(whyNotFound(source, credential));
  if (status === 409) return notFound(`${repository} has no commits on GitHub.`);
  if (status === 422) {
    const ref = source.ref ?? 'HEAD';
    return notFound(`${repository} has no branch, tag or commit "${ref}" on GitHub.`);
  }
  const asked = { subject: repository, right: 'Contents: read', credential };
  return explainRefusal(refusal, asked);
}

function notFound(message: string): RequestRejectedError {
  return new RequestRejectedError('not-found', message);
}

function whyNotFound({ atCommit, repository }: GithubSource, credential: CredentialKind): string {
  const what = atCommit === undefined ? 'repository' : `commit ${atCommit} in the repository`;
  return `There is no ${what} ${repository} on GitHub, ${orWhy(credential)}.`;
}

function orWhy(credential: CredentialKind): string {
  if (credential === 'none') {
    return 'or it is private: set a GITHUB_TOKEN that may read its contents';
  }
  return credential === 'token'
    ? 'or GITHUB_TOKEN may not read its contents'
    : 'or the GitHub App may not read its contents';
}
