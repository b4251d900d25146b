import { expect, test } from 'vitest';
import { isSecretFile } from '../../../../lib/adapters/command/clone/secret-files.ts';

test('files in which people keep secrets are known by their names', () => {
  const secret = ['.env', '.env.local', '.ENV.production', '.envrc', '.npmrc', '.netrc', '_netrc'];
  const keys = ['id_rsa', 'id_ed25519', 'id_ecdsa_sk', 'server.pem', 'tls.KEY', 'store.p12'];
  expect([...secret, ...keys].filter((name) => !isSecretFile(name))).toEqual([]);
  const source = ['env.ts', '.environment', 'id_rsa.pub', 'keys.ts', 'pem.ts', '.npmignore', 'key'];
  expect(source.filter(isSecretFile)).toEqual([]);
});
