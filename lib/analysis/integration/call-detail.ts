import type { CatalogueEntry } from './catalogue/entry.ts';

const longestDetail = 120;

/**
 * What the first argument of a call says about the other side, without anything that may be
 * secret: of addresses no user info, no query and only the start of the path, of commands no arguments, of statements no
 * values.
 */
export function detailOf(
  literal: string | null,
  argument: CatalogueEntry['argument'],
): string | null {
  if (literal === null || literal.trim() === '') return null;
  const detail = describe[argument](literal.trim());
  // A computed string may have left nothing but the mark that it goes on.
  return detail === null || /^…?$/.test(detail) ? null : detail.slice(0, longestDetail);
}

const describe: Record<CatalogueEntry['argument'], (literal: string) => string | null> = {
  url: publicAddress,
  host: publicAddress,
  path: (literal) => (literal.includes('://') ? publicAddress(literal) : firstLine(literal)),
  statement: describeStatement,
  command: programOf,
  // Keys, channels and services: short names are telling, whatever else it is may be data.
  key: (literal) => (/^[\w.:/-]{1,60}$/.test(literal) && !looksSecret(literal) ? literal : null),
  data: () => null,
};

/** `https://user:pass@host/path/more?token=x` → `https://host/path/…`. */
function publicAddress(literal: string): string | null {
  // `request('PUT', address)` names the method first.
  if (/^[A-Z]+$/.test(literal)) return null;
  // A connection string in another form (`host=… password=…`) is not taken apart.
  if (/\s|password/i.test(literal.replace(/[?#].*$/s, ''))) return null;
  const address = literal.replace(/^([a-z][\w+.-]*:\/\/)?[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
  return withShortPath(address);
}

/** Addresses of webhooks (Slack, Discord) and bots (Telegram) carry their secrets in the path. */
function withShortPath(address: string): string {
  const start = /^([a-z][\w+.-]*:\/\/)?[^/]*/i.exec(address)?.[0] ?? '';
  const [, first, ...rest] = address.slice(start.length).split('/');
  if (first === undefined) return address;
  if (looksSecret(first)) return `${start}/…`;
  return rest.join('') === '' ? address : `${start}/${first}/…`;
}

/** `SELECT … FROM users WHERE …` → `SELECT users`. */
function describeStatement(literal: string): string | null {
  const verb = /^(with|select|insert|update|delete|replace|merge|create|alter|drop|pragma)\b/i.exec(
    literal,
  )?.[1];
  if (verb === undefined) return null;
  const table =
    /\b(?:from|into|update|table(?:\s+if\s+(?:not\s+)?exists)?)\s+["'`[]?([\w.]+)/i.exec(
      literal,
    )?.[1];
  return [verb.toUpperCase(), table].filter(Boolean).join(' ');
}

/** The program, and a subcommand if the second word is a plain one: `git clone`. */
function programOf(literal: string): string {
  const [program = '', second = ''] = literal.split(/\s+/);
  return /^[a-z][a-z-]*$/.test(second) ? `${program} ${second}` : program;
}

function firstLine(literal: string): string {
  return literal.split('\n', 1)[0] ?? literal;
}

/** Long, and a mixture of digits and letters: no name that a person gave. */
function looksSecret(literal: string): boolean {
  return literal.length >= 20 && /\d/.test(literal) && /[a-z]/i.test(literal);
}
