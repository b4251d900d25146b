import type { Rule } from '../rule.ts';
import { codeQuality } from './rule-rows.ts';

const security = codeQuality('security', [
  [
    'eval-use',
    'high',
    'medium',
    'Text run as code',
    'Parse the text, or look the operation up in a table.',
  ],
  [
    'sql-injection',
    'high',
    'medium',
    'SQL put together from strings',
    'Pass the values as parameters of the query.',
  ],
  [
    'command-injection',
    'high',
    'medium',
    'Shell command put together from strings',
    'Pass the arguments as a list and leave the shell out.',
  ],
  [
    'html-injection',
    'high',
    'medium',
    'Text put into HTML unescaped',
    'Escape the text, or switch automatic escaping on.',
  ],
  [
    'unsafe-deserialisation',
    'high',
    'medium',
    'Unsafe deserialisation',
    'Read data formats only (JSON, safe YAML): this one runs code from its input.',
  ],
  [
    'unsafe-archive-extraction',
    'medium',
    'medium',
    'Archive unpacked unchecked',
    'Pass `filter="data"`: entries can point outside the folder.',
  ],
  [
    'weak-hash',
    'medium',
    'medium',
    'Weak hash',
    'Use SHA-256, a password hash, or say that it is no security matter.',
  ],
  [
    'weak-cipher',
    'high',
    'medium',
    'Weak cipher or key',
    "Use an authenticated cipher (AES-GCM) with a key of today's length.",
  ],
  [
    'insecure-random',
    'medium',
    'medium',
    'Predictable random for a secret',
    "Use the `secrets` module, or the crypto library's random.",
  ],
  [
    'disabled-tls-check',
    'high',
    'high',
    'TLS check switched off',
    'Check the certificate; add the private authority to the trusted ones.',
  ],
  [
    'weak-tls-version',
    'medium',
    'high',
    'Outdated TLS version',
    'Let the library choose, at least TLS 1.2.',
  ],
  [
    'disabled-host-key-check',
    'high',
    'high',
    'SSH host key not checked',
    'Load the known hosts and refuse others.',
  ],
  [
    'cleartext-protocol',
    'medium',
    'medium',
    'Protocol without encryption',
    'Use SSH, SFTP or HTTPS.',
  ],
  [
    'insecure-temp-file',
    'low',
    'medium',
    'Predictable temporary file',
    'Let `tempfile` make the file: a known name can be taken by others.',
  ],
  [
    'permissive-file-mode',
    'medium',
    'high',
    'File that anybody may write',
    'Give write access to the owner alone.',
  ],
  [
    'open-network-binding',
    'low',
    'medium',
    'Listens on all interfaces',
    'Bind to the interface that is needed, or make it a setting.',
  ],
  [
    'debug-enabled',
    'high',
    'high',
    'Debug mode switched on',
    'Take the debug switch from the settings: the debugger runs code for visitors.',
  ],
  [
    'hard-coded-secret',
    'high',
    'medium',
    'Secret in the code',
    'Revoke it, and read the new one from the environment or a secret store.',
  ],
]);

/** Code that others can turn against its owner. */
export const securityRules: readonly Rule[] = [...security];
