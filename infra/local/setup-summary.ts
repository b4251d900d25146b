import { formatAgentStatus } from '../../lib/dashboard/agent-text.ts';
import { decideAgentStatus } from '../../lib/domain/agents/agent-status.ts';
import type { SecretName } from '../../lib/domain/secret-names.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import type { Secrets } from '../../lib/runtime/secrets.ts';

interface Service {
  title: string;
  /** The variables that switch it on. */
  needs: SecretName[];
  /** Others that do as well. */
  or?: SecretName[];
}

/** What the system can work with. */
const services: Service[] = [
  { title: 'GitHub', needs: ['GITHUB_TOKEN'], or: ['GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY'] },
  { title: 'GitHub webhook', needs: ['GITHUB_WEBHOOK_SECRET'] },
  { title: 'Linear', needs: ['LINEAR_API_KEY'], or: ['LINEAR_CLIENT_ID', 'LINEAR_CLIENT_SECRET'] },
  { title: 'Linear webhook', needs: ['LINEAR_WEBHOOK_SECRET'] },
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
    ...services.map((service): [string, string] => [
      service.title,
      formatService(service, secrets),
    ]),
    ['Agents', formatAgents(config, secrets)],
    ['Data', dataFolder],
    ['Open', url],
  ];
  return lines.map(([title, text]) => `${title.padEnd(titleWidth)}${text}`).join('\n');
}

/** Agents are asked where people want them, never by themselves. */
function formatAgents({ config }: LoadedConfig, secrets: Secrets): string {
  const isSet = (name: SecretName) => secrets[name] !== undefined;
  const status = decideAgentStatus(config.agents.provider, { isHere: true, isSet });
  if (status.kind === 'not-set-up') return notConfigured(status.missing);
  if (status.kind === 'off') return "off (agents.provider is 'none' in cicd.config.ts)";
  return `${formatAgentStatus(status)}: for labelled issues, and cicd analyze NAME --agents`;
}

function formatService({ needs, or }: Service, secrets: Secrets): string {
  const isSet = (names: readonly SecretName[]) =>
    names.every((name) => secrets[name] !== undefined);
  if (isSet(needs) || (or !== undefined && isSet(or))) return 'configured';
  const missing = needs.filter((name) => secrets[name] === undefined);
  return notConfigured(missing);
}

function notConfigured(missing: readonly SecretName[]): string {
  return `not configured (set ${missing.join(' and ')} in .env)`;
}
