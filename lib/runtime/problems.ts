import type { z } from 'zod';

/** `['repositories', 0, 'name']` → `repositories[0].name`. */
function formatPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? '(top level)' : text;
}

/** One line for each problem, by path, never with the value. */
export function formatProblems(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${formatPath([...issue.path, key])}: is not a known field`);
    }
    const message = issue.code === 'invalid_key' ? messagesOf(issue.issues) : issue.message;
    return [`${formatPath(issue.path)}: ${message}`];
  });
}

/** What is wrong with a key; zod itself says only that it is. */
function messagesOf(issues: readonly { message: string }[]): string {
  return issues.map(({ message }) => message).join('; ');
}
