/** In lower case. */
const names: ReadonlySet<string> = new Set([
  '.env',
  '.envrc',
  // Of clients that log in: for registries, hosts and databases.
  '.npmrc',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.git-credentials',
]);

/** Values for one place more, private keys as `ssh-keygen` names them, and what keys are kept in. */
const patterns: readonly RegExp[] = [
  /^\.env\./,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /\.(?:pem|key|p12|pfx)$/,
];

/** Whether people keep secrets in a file of this name. */
export function isSecretFile(name: string): boolean {
  const plain = name.toLowerCase();
  return names.has(plain) || patterns.some((pattern) => pattern.test(plain));
}
