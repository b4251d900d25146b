/** In whose name the host commits. The address belongs to nobody, also not by chance. */
const [name, email] = ['autonomous-cicd', 'cicd@autonomous-cicd.invalid'];

/**
 * For git's environment.
 * @param time of the commit, ISO 8601; the same for the same commit. Default: now
 */
export function hostAuthor(time?: string): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    ...(time === undefined ? {} : { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time }),
  };
}
