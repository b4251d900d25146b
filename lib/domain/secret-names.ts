/** The environment variables that hold secrets; each may have a `_PREVIOUS` value during a rotation. */
export const secretNames = [
  'CODEGEN_API_TOKEN',
  'CODEGEN_ORG_ID',
  'CURSOR_API_KEY',
  'LINEAR_API_KEY',
  'LINEAR_CLIENT_ID',
  'LINEAR_CLIENT_SECRET',
  'LINEAR_WEBHOOK_SECRET',
  'GITHUB_TOKEN',
  'GITHUB_APP_ID',
  'GITHUB_APP_PRIVATE_KEY',
  'GITHUB_WEBHOOK_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_WEBHOOK_URL',
] as const;
export type SecretName = (typeof secretNames)[number];
