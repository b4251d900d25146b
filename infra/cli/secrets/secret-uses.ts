import { agentSecrets } from '../../../lib/domain/agents/agent-status.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { listGithubRepositories, needsGithubCredentials } from '../github-repositories.ts';

/** What a secret is for. */
export const secretUses: Record<SecretName, string> = {
  CODEGEN_API_TOKEN: 'agent runs of Codegen',
  CODEGEN_ORG_ID: 'agent runs of Codegen',
  CURSOR_API_KEY: 'agent runs of Cursor',
  LINEAR_API_KEY: 'answers in Linear',
  LINEAR_CLIENT_ID: 'answers in Linear, as an app',
  LINEAR_CLIENT_SECRET: 'answers in Linear, as an app',
  LINEAR_WEBHOOK_SECRET: 'deliveries of Linear',
  GITHUB_TOKEN: 'repositories on GitHub',
  GITHUB_APP_ID: 'repositories on GitHub, as an App',
  GITHUB_APP_PRIVATE_KEY: 'repositories on GitHub, as an App',
  GITHUB_WEBHOOK_SECRET: 'deliveries of GitHub',
  SLACK_WEBHOOK_URL: 'alerts in Slack',
  SLACK_BOT_TOKEN: 'alerts in Slack, as an app',
};

/** One set of secrets is enough. */
type Alternatives = readonly (readonly SecretName[])[];

const linearCredentials: Alternatives = [
  ['LINEAR_API_KEY'],
  ['LINEAR_CLIENT_ID', 'LINEAR_CLIENT_SECRET'],
];
const githubCredentials: Alternatives = [
  ['GITHUB_TOKEN'],
  ['GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY'],
];

/** What a secret is of no use without. */
export function partnerOf(name: SecretName): SecretName | undefined {
  const pairs = [...linearCredentials, ...githubCredentials, agentSecrets.codegen];
  const pair = pairs.find((names) => names.includes(name));
  return pair?.find((one) => one !== name);
}

const linearWebhooks: Alternatives = [['LINEAR_WEBHOOK_SECRET']];
const githubWebhooks: Alternatives = [['GITHUB_WEBHOOK_SECRET']];

/**
 * The secrets that the configuration needs and that are not set; of alternatives, the first, or the one that
 * is set in part.
 */
export function missingSecrets(
  config: Config,
  isSet: (name: SecretName) => boolean,
): ReadonlySet<SecretName> {
  const usesLinear = config.linear.trackingIssue !== undefined;
  const usesGithub = listGithubRepositories(config).length > 0;
  const wanted: Alternatives[] = [
    ...(usesLinear ? [linearCredentials, linearWebhooks] : []),
    ...(needsGithubCredentials(config) ? [githubCredentials] : []),
    ...(usesGithub ? [githubWebhooks] : []),
    ...agentCredentials(config, isSet),
  ];
  return new Set(
    wanted.flatMap((alternatives) => {
      if (alternatives.some((names) => names.every(isSet))) return [];
      const begun = alternatives.find((names) => names.some(isSet)) ?? alternatives[0] ?? [];
      return begun.filter((name) => !isSet(name));
    }),
  );
}

/** Codegen is the default: nobody need have wanted it, unless one of its secrets is set. */
function agentCredentials(
  { agents: { provider } }: Config,
  isSet: (name: SecretName) => boolean,
): Alternatives[] {
  if (provider === 'none') return [];
  const names = agentSecrets[provider];
  const isWanted = provider !== 'codegen' || names.some(isSet);
  return isWanted ? [[names]] : [];
}
