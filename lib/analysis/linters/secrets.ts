import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SourceFile } from '../../domain/source.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';
import { findAssignedSecrets, isPlaceholder, nameBefore } from './assigned-secrets.ts';

// secretlint measures itself, keeps every mark for ever and searches them all at each new one: after
// 1,300 files that is 14 s of work for nobody.
secretLintProfiler.mark = () => {};

const config = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }],
};

/**
 * Finds secrets in a file of any language: about 20 MB/s. No message shows the secret, only its kind and
 * the name it is assigned to. Tests may hold dummies: there only secrets of a known form count, and less.
 */
export async function findSecrets(file: SourceFile): Promise<Hit[]> {
  const known = await findKnownSecrets(file);
  if (isTestPath(file.path)) return known.map((secret) => toHit(file, secret, inTests));
  const linesTaken = new Set(known.map(({ line }) => line));
  const assigned = findAssignedSecrets(file.text).map(({ offset, ...secret }) =>
    Object.assign(secret, { line: lineAt(file.text, offset) }),
  );
  const others = Map.groupBy(assigned, ({ line }) => line);
  return [
    ...known.map((secret) => toHit(file, secret, { confidence: 'high' })),
    ...[...others.values()]
      .flatMap(([first]) => first ?? [])
      .filter(({ line }) => !linesTaken.has(line))
      .map((secret) => toHit(file, secret, {})),
  ];
}

const inTests = { severity: 'low', confidence: 'low' } as const;

interface Secret {
  line: number;
  /** What it is assigned to; empty where that is not seen. */
  name: string;
  kind: string;
  /** Id of the secretlint rule that knows its form. */
  tool?: string;
}

async function findKnownSecrets(file: SourceFile): Promise<Secret[]> {
  const { messages } = await lintSource({
    source: { content: file.text, filePath: file.path, ext: '', contentType: 'text' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  });
  return messages
    .filter(({ range: [start, end] }) => !isLocalOrPlaceholder(file.text.slice(start, end)))
    .map((message) => {
      const id = message.ruleId.replace('@secretlint/secretlint-rule-', '');
      return {
        line: message.loc.start.line,
        name: nameBefore(file.text, message.range[0]),
        kind: kinds[id] ?? `${id} secret`,
        tool: `secretlint ${id}`,
      };
    });
}

/** Connection strings of development machines and of documentation carry no secret. */
function isLocalOrPlaceholder(secret: string): boolean {
  const [, user, password, host] = /:\/\/([^:/@\s]*):([^@\s]*)@([^:/?#\s]*)/.exec(secret) ?? [];
  if (password === undefined || host === undefined) return isPlaceholder(secret);
  return (
    password === user ||
    isPlaceholder(password) ||
    /^(localhost|127\.|0\.0\.0\.0|\[?::1|host$|example\.|.*\.(example|test|local|invalid)$)/.test(
      host,
    )
  );
}

const kinds: Record<string, string> = {
  aws: 'AWS credential',
  gcp: 'Google Cloud key',
  privatekey: 'private key',
  npm: 'npm token',
  basicauth: 'password in a URL',
  slack: 'Slack token',
  sendgrid: 'SendGrid key',
  shopify: 'Shopify token',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  openai: 'OpenAI key',
  anthropic: 'Anthropic key',
  linear: 'Linear key',
  'database-connection-string': 'database password',
};

function toHit(
  file: SourceFile,
  { line, name, kind, tool }: Secret,
  weight: Pick<Hit, 'severity' | 'confidence'>,
): Hit {
  const article = /^[aeiouA]/.test(kind) ? 'An' : 'A';
  const holder = name === '' ? '' : ` in \`${name}\``;
  return {
    rule: 'hard-coded-secret',
    path: file.path,
    line,
    message: `${article} ${kind}${holder} stands in the code.`,
    ...(name === '' ? {} : { symbol: name }),
    ...(tool === undefined ? {} : { tool }),
    ...weight,
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (
    let end = text.indexOf('\n');
    end !== -1 && end < offset;
    end = text.indexOf('\n', end + 1)
  ) {
    line++;
  }
  return line;
}
