/** A literal that looks like a real secret, and what it is assigned to. */
export interface AssignedSecret {
  /** Of the literal in the text. */
  offset: number;
  name: string;
  kind: string;
}

const keyKinds = 'api|access|secret|auth|private|encryption|signing';
const plainWords = 'password|passwd|passphrase|pwd|secret|token|credentials?';
const secretWord = `${plainWords}|(?:${keyKinds})[_-]?key`;

/**
 * A name that ends in a word for a secret, followed by a string: assignments, defaults, keyword arguments,
 * entries of dictionaries and objects, comparisons. The secret's word has to end the name: `token_url` and
 * `passwordLabel` hold something else. All repetitions are bounded: a hostile file must not stall the search.
 */
const assignment = new RegExp(
  [
    String.raw`(?<![A-Za-z0-9])(?<name>[\w$-]{0,60}?(?<word>${secretWord}))`,
    // `password2`, `config["password"]`
    String.raw`\d{0,9}["'\]]{0,2}\s{0,9}`,
    // `: str | None`
    String.raw`(?::\s{0,9}[\w.[\] |]{1,60})?\s{0,9}`,
    String.raw`(?:[=!]==?|=|:|\|\||\?\?)\s{0,9}`,
    String.raw`[rbu]?(?<quote>["'\u0060])(?<value>[^"'\u0060\s]{6,200})\k<quote>`,
  ].join(''),
  'gi',
);

/** Strings that say what they are by their form, whatever they are assigned to. */
const knownForms: readonly { kind: string; form: RegExp }[] = [
  { kind: 'AWS access key', form: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g },
  { kind: 'Stripe live key', form: /\b[rs]k_live_[A-Za-z0-9]{20,}/g },
  { kind: 'Google API key', form: /\bAIza[\w-]{35}\b/g },
  {
    kind: 'private key',
    form: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?=(?:\s|\\n)*[A-Za-z0-9+/]{16})/g,
  },
  { kind: 'Twilio key', form: /\bSK[0-9a-f]{32}\b/g },
];

/** What secretlint's preset leaves out: common keys of known form, passwords in plain assignments. */
export function findAssignedSecrets(text: string): AssignedSecret[] {
  const found: AssignedSecret[] = [];
  for (const { kind, form } of knownForms) {
    for (const match of text.matchAll(form)) {
      if (isPlaceholder(match[0])) continue;
      found.push({ offset: match.index, name: nameBefore(text, match.index), kind });
    }
  }
  for (const match of text.matchAll(assignment)) {
    const { name = '', word = '', value = '' } = match.groups ?? {};
    if (isExample(text, match.index) || !isRealistic(value, word)) continue;
    const offset = match.index + match[0].length - value.length - 1;
    found.push({ offset, name, kind: /pass|pwd/i.test(word) ? 'password' : 'secret' });
  }
  return found;
}

/** Name of what the literal at the offset is assigned to; empty where there is none. */
export function nameBefore(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(Math.max(lineStart, offset - 200), offset);
  return /([\w$]+)["'\]]{0,2}\s*(?::[^=]*)?[=:]\s*[^=:]*$/.exec(before)?.[1] ?? '';
}

/** Doctests, docstrings and block comments show how something is called. */
function isExample(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*(>>>|\*|\.\.\.)/.test(line) || isInDocstring(text, offset);
}

function isInDocstring(text: string, offset: number): boolean {
  const marks = [...text.slice(0, offset).matchAll(/"""|'''/g)];
  const opening = marks.at(-1);
  if (opening === undefined || marks.length % 2 === 0) return false;
  const before = text.slice(text.lastIndexOf('\n', opening.index) + 1, opening.index);
  return /^\s*[rRuU]?$/.test(before);
}

function isRealistic(value: string, word: string): boolean {
  if (isPlaceholder(value)) return false;
  const hasDigit = /\d/.test(value);
  const hasLetter = /[A-Za-z]/.test(value);
  if (/pass|pwd/i.test(word)) {
    return hasLetter && (hasDigit || /[^\w.:/-]/.test(value));
  }
  // Keys are made by machines: long, mixed, and without the words of an identifier.
  const minLength = /^secret$/i.test(word) ? 8 : 16;
  return value.length >= minLength && hasDigit && hasLetter && entropyOf(value) >= 2.8;
}

const placeholderWords = new RegExp(
  [
    'example|sample|placeholder|your|dummy|fake|mock|redacted|insert|replace|todo|foo|bar$',
    String.raw`change[_-]?(?:me|it|this)|^test|[_-]test|test[_-]`,
    String.raw`xxx|\*\*\*|\.\.\.|1234567890`,
  ].join('|'),
  'i',
);

export function isPlaceholder(value: string): boolean {
  return (
    placeholderWords.test(value) ||
    // Filled in later, or looked up: `${TOKEN}`, `{token}`, `%s`, `<token>`, `$TOKEN`.
    /\$\{|^\{|\{\w*\}|%\(?[sd\w]|^<|^\$|^process\.|^os\.|^env[.:]/.test(value) ||
    // A path, a URL or a dotted name says where the secret is.
    /^(\.{0,2}\/|~|https?:|[a-z]+:\/\/|arn:)/i.test(value) ||
    /^[A-Za-z]+([._:/-][A-Za-z]+)*$/.test(value) ||
    /^(.)\1*$/.test(value)
  );
}

/** Bits per character, after Shannon: 2 to 3 in words, above 3.5 in random text. */
function entropyOf(text: string): number {
  const counts = Map.groupBy(text, (character) => character);
  return [...counts.values()].reduce((sum, { length }) => {
    const share = length / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
