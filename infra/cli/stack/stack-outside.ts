import { connectAgents } from '../../../functions/services/agent-providers.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/store.ts';
import { connectServices, type OpenOutside } from '../desks/open-outside.ts';
import type { Settings } from '../settings.ts';
import { putSecret, secretId } from '../secrets/secret-versions.ts';
import { openStack } from './open-stack.ts';

/** The services outside, with the credentials that the functions of a stack use. */
export async function openStackOutside(settings: Settings, stack: string): Promise<OpenOutside> {
  const { clients, secrets, stack: described } = await openStack(settings, stack);
  const store = openSqliteStore(':memory:');
  const { Installation, SecretsPrefix, WebhookUrl } = described.outputs;
  const vault = { client: clients.secretsManager, prefix: SecretsPrefix };
  return {
    ...connectServices(secrets, store),
    agents: connectAgents({ config: settings.config, secrets, store }),
    secrets,
    secretsPlace: `Secrets Manager (cicd secrets set NAME --stack ${stack})`,
    keepSecret: async (name, value) => {
      await putSecret(vault, name, value);
      return `Secrets Manager (${secretId(vault, name)})`;
    },
    installation: Installation,
    stack,
    webhookUrl: WebhookUrl,
    close: () => store.close(),
  };
}
