import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../../lib/analysis/linters/secrets.ts';
import { sourceFile } from '../../../builders/source-file.ts';

// Put together at run time: the repository itself must not look as if it held secrets.
const random = (length: number) => 'q7Zk2Vx9Lw4Tb8Nf3Rc6Hy1Jd5Ms0PgAeUi'.repeat(3).slice(0, length);
const githubToken = `ghp_${random(36)}`;
const awsKey = `AKIA${'Q7ZK2VX4LW5TB6NF'.slice(0, 16)}`;
const password = `${random(7)}!`;
const stripeKey = `sk_live_${random(24)}`;

describe('findSecrets', () => {
  it.each([
    ['a GitHub token', `token = "${githubToken}"`, 'A GitHub token in `token`'],
    ['an AWS access key', `key_id = "${awsKey}"`, 'An AWS access key in `key_id`'],
    ['a Stripe key', `stripe = "${stripeKey}"`, 'A Stripe live key in `stripe`'],
    [
      'a database URL',
      `url = "postgres://app:${random(12)}@db.corp.io/x"`,
      'A database password in `url`',
    ],
    ['a password', `password = "${password}"`, 'A password in `password`'],
    ['a default', `def f(user, password: str = "${password}"): ...`, 'A password in `password`'],
    ['a keyword argument', `connect(db_password="${password}")`, 'A password in `db_password`'],
    ['an entry', `config = {"api_key": "${random(20)}"}`, 'A secret in `api_key`'],
    ['a property', `const c = { clientSecret: '${random(20)}' };`, 'A secret in `clientSecret`'],
    [
      'a fallback',
      `const password = process.env.PASSWORD ?? 'x'; const apiKey = '${random(20)}'`,
      'A secret in `apiKey`',
    ],
  ])('finds %s and does not show it', async (_name, text, start) => {
    const hits = await findSecrets(sourceFile('app/a.py', `import x\n${text}\n`));

    expect(hits.map(({ rule, line }) => [rule, line])).toEqual([['hard-coded-secret', 2]]);
    expect(hits[0]?.message).toBe(`${start} stands in the code.`);
    expect(JSON.stringify(hits)).not.toMatch(/q7Zk2Vx|Q7ZK/);
  });

  it.each([
    ['an environment variable', 'password = os.environ["DB_PASSWORD"]'],
    ['its name', 'PASSWORD = "DB_PASSWORD"'],
    ['a placeholder', 'api_key = "your-api-key-goes-here-123"'],
    ['another placeholder', 'password = "changeme123"'],
    ['a template', 'password = "${DB_PASSWORD1}"'],
    ['a format', 'token = "Bearer%s0123456789"'],
    ['an angle bracket', 'token = "<TOKEN_FROM_PORTAL_1234>"'],
    ['a word of a protocol', 'grant_token = "refresh_token"'],
    ['a label', 'password = "Enter your password 1"'],
    ['a place', 'token = "/run/secrets/token1"'],
    ['an address', 'auth_token = "https://id.corp.io/token1"'],
    ['another thing about it', `token_url = "${random(20)}"`],
    ['a local database', 'url = "postgres://postgres:postgres@localhost:5432/x"'],
    ['an empty string', 'password = ""'],
    ['repetition', 'password = "aaaaaaaa"'],
    ['a doctest', `>>> connect(password="${password}")`],
    ['a docstring', `"""\nExample: password="${password}"\n"""`],
  ])('takes %s for no secret', async (_name, text) => {
    expect(await findSecrets(sourceFile('app/a.py', `${text}\n`))).toEqual([]);
  });

  it('takes passwords in tests for dummies, and real keys there lightly', async () => {
    const text = `password = "${password}"\ntoken = "${githubToken}"\n`;

    const hits = await findSecrets(sourceFile('tests/test_login.py', text));

    expect(hits.map(({ line, severity }) => [line, severity])).toEqual([[2, 'low']]);
  });

  it('reports a line once', async () => {
    const text = `password = "${githubToken}"; secret = "${random(20)}"\n`;

    const hits = await findSecrets(sourceFile('app/a.py', text));

    expect(hits.map(({ tool }) => tool)).toEqual(['secretlint github']);
  });
});
