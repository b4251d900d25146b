const secretWords = words(`
  token secret password passwd passphrase pwd otp totp pin nonce salt session csrf xsrf credential
  apikey passcode`);

/** What makes a code one that others must not guess; a country code or a status code is none. */
const codeWords = words(`
  reset verification verify invite invitation confirm confirmation activation access auth login
  security recovery backup mfa sms pairing unlock`);

/** Verbs that make something, against those that take one of what is there. */
const makingWords = words('generate gen make create new issue build random');

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Whether an identifier says that it holds, or makes, something that others must not guess. */
export function namesASecret(identifier: string): boolean {
  const parts = identifier
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const makes = parts.some((part) => makingWords.has(part));
  return parts.some((part, index) => {
    // Several of them are a crowd to choose from, unless they are being made.
    const word = makes ? part.replace(/s$/, '') : part;
    if (secretWords.has(part) || secretWords.has(word)) return true;
    return (word === 'code' && codeWords.has(parts[index - 1] ?? '')) || isApiKey(parts, index);
  });
}

function isApiKey(parts: readonly string[], index: number): boolean {
  return parts[index] === 'key' && /^(api|secret|session|access)$/.test(parts[index - 1] ?? '');
}
