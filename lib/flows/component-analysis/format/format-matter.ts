import { ruleById } from '../../../analysis/rules/catalogue.ts';
import { shorten } from '../../../domain/plain-text.ts';
import { code, escapeText, formatMessage } from './markdown-text.ts';
import type { Matter } from './what-matters.ts';

/** `**high, new** · place — message (and 3 more like it) *advice*` */
export function formatMatter(
  { lead, others }: Matter,
  newFingerprints: ReadonlySet<string>,
): string {
  const isNew = newFingerprints.has(lead.fingerprint);
  const more = others === 0 ? '' : ` (and ${others} more like it)`;
  return (
    `**${lead.severity}${isNew ? ', new' : ''}** · ${formatPlace(lead)} — ` +
    `${formatFindingMessage(lead)}${more} *${escapeText(ruleById(lead.rule).advice)}*`
  );
}

/** A message that is longer quotes code, and has said by then what it has to say. */
const longestMessage = 400;

export function formatFindingMessage({ message }: { message: string }): string {
  return formatMessage(shorten(message, longestMessage));
}

const longestPath = 200;

/** `path:line` */
export function formatPlace({ line, path }: { line: number; path: string }): string {
  return code(`${shorten(path, longestPath)}:${line}`);
}

const longestName = 100;

/** The name of a component, a repository, a module. */
export function formatName(name: string): string {
  return code(shorten(name, longestName));
}
