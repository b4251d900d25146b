import { z } from 'zod';
import { plainText, shorten } from './plain-text.ts';

const componentSchema = z.object({ component: z.string(), repository: z.string().default('') });
const unknownComponentSchema = z.object({
  kind: z.literal('unknown-component'),
  wanted: z.string(),
});

const sessionSchema = z.object({ session: z.string(), activity: z.string().nullable() });

/** What fits beside the other columns of a list. */
const longestSubject = 80;

/**
 * What a run works on, as far as its input says: `lib of acme/shop`; else empty. One line, at most 80
 * characters, without control characters: words of strangers may be in it.
 */
export function subjectOf(input: unknown): string {
  return shorten(plainText(describe(input)).replace(/\s+/g, ' ').trim(), longestSubject);
}

const componentPattern = /^(?<component>\S+) of (?<repository>\S+)$/;

/** Both names of a subject that is a component; undefined for any other. */
export function componentInSubject(
  subject: string,
): { component: string; repository: string } | undefined {
  const { component, repository } = componentPattern.exec(subject)?.groups ?? {};
  return component === undefined || repository === undefined
    ? undefined
    : { component, repository };
}

function describe(input: unknown): string {
  const component = componentSchema.safeParse(input);
  if (component.success) {
    const { component: name, repository } = component.data;
    return repository === '' ? name : `${name} of ${repository}`;
  }
  const conversation = sessionSchema.safeParse(input);
  if (conversation.success) return `agent session ${conversation.data.session.slice(0, 8)}`;
  const unknown = unknownComponentSchema.safeParse(input);
  return unknown.success ? `no single component in “${unknown.data.wanted}”` : '';
}
