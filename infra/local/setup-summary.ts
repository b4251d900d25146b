import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { Secrets } from '../../lib/runtime/secrets.ts';

/** Services that the system can work with, and the variables that switch them on. */
const services: { title: string; needs: SecretName[] }[] = [
  { title: 'GitHub', needs: ['GITHUB_TOKEN'] },
  { title: 'GitHub webhook', needs: ['GITHUB_WEBHOOK_SECRET'] },
  { title: 'Linear', needs: ['LINEAR_API_KEY'] },
  { title: 'Linear webhook', needs: ['LINEAR_WEBHOOK_SECRET'] },
  { title: 'Codegen', needs: ['CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'] },
  { title: 'Slack', needs: ['SLACK_WEBHOOK_URL'] },
];

const titleWidth = 16;

/** A line each on what is configured, what is not, and where to look. */
export function formatSetup(setup: {
  config: LoadedConfig;
  dataFolder: string;
  secrets: Secrets;
  url: string;
}): string {
  const { config, dataFolder, secrets, url } = setup;
  const repositories = config.config.repositories.map(({ components, name }) => {
    return `${name} (components: ${Object.keys(components).join(', ')})`;
  });
  const lines: [string, string][] = [
    ['Repositories', repositories.join('; ') || 'none: add one to cicd.config.ts'],
    ...services.map(({ needs, title }): [string, string] => [title, formatService(needs, secrets)]),
    ['Data', dataFolder],
    ['Open', url],
  ];
  return lines.map(([title, text]) => `${title.padEnd(titleWidth)}${text}`).join('\n');
}

function formatService(needs: readonly SecretName[], secrets: Secrets): string {
  const missing = needs.filter((name) => secrets[name] === undefined);
  if (missing.length === 0) return 'configured';
  return `not configured (set ${missing.join(' and ')} in .env)`;
}
