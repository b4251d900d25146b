import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { storedNameOf } from '../../lib/adapters/aws/secrets/live-values.ts';
import { agentSecrets } from '../../lib/domain/agents/agent-status.ts';
import { secretNames, type SecretName } from '../../lib/domain/secret-names.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import type { Deployment } from './deployment.ts';
import type { Part } from './part.ts';

/** What the API of each service outside is asked with. */
export const githubSecrets = [
  'GITHUB_TOKEN',
  'GITHUB_APP_ID',
  'GITHUB_APP_PRIVATE_KEY',
] as const satisfies SecretName[];
export const linearSecrets = [
  'LINEAR_API_KEY',
  'LINEAR_CLIENT_ID',
  'LINEAR_CLIENT_SECRET',
] as const satisfies SecretName[];

/** What the coding agents of a configuration are asked with. */
export function secretsOfAgents({ agents: { provider } }: Config): readonly SecretName[] {
  return provider === 'none' ? [] : agentSecrets[provider];
}

/** What their runs are ended with, where the provider can end one: Codegen cannot. */
export function secretsToEndAgents(config: Config): readonly SecretName[] {
  return config.agents.provider === 'codegen' ? [] : secretsOfAgents(config);
}

/** Each costs something by being there: those of agents that nobody asks are left out. */
function neededSecrets(config: Config): SecretName[] {
  const ofAgents = new Set(Object.values(agentSecrets).flat());
  const asked = secretsOfAgents(config);
  return secretNames.filter((name) => !ofAgents.has(name) || asked.includes(name));
}

/**
 * All secrets of the system, made without a value: that is set by `cicd secrets set`, so that it is in no template and
 * no deployment changes it.
 */
export class Secrets extends Construct {
  /** Starts the name of each secret. */
  readonly prefix: string;
  private readonly arns = new Map<SecretName, string>();

  constructor(scope: Construct, id: string, { config, stage }: Deployment) {
    super(scope, id);
    this.prefix = `${stage.stackName}/`;
    // Left behind by a first deployment that is rolled back, their names would be in the way of the second.
    const { RETAIN_ON_UPDATE_OR_DELETE, DESTROY } = RemovalPolicy;
    const removalPolicy = stage.keepsData ? RETAIN_ON_UPDATE_OR_DELETE : DESTROY;
    for (const name of neededSecrets(config)) {
      const secret = new CfnSecret(this, name, {
        name: storedNameOf(name, this.prefix),
        description: `${name} of ${stage.stackName}; set by: cicd secrets set`,
      });
      secret.applyRemovalPolicy(removalPolicy);
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason:
          'The value belongs to another service. Webhook secrets are rotated by `cicd secrets rotate`, others where they are issued.',
      });
      this.arns.set(name, secret.ref);
    }
  }

  read(...names: readonly SecretName[]): Part {
    return this.part('secretsmanager:GetSecretValue', names);
  }

  /** To know whether these are set, without reading them. */
  know(...names: readonly SecretName[]): Part {
    return this.part('secretsmanager:DescribeSecret', names);
  }

  private part(action: string, names: readonly SecretName[]): Part {
    return {
      bindTo: (target) => {
        target.setVariable(deployedVariables.secretsPrefix, this.prefix);
        target.allow(
          [action],
          names.map((name) => this.arnOf(name)),
        );
      },
    };
  }

  private arnOf(name: SecretName): string {
    const arn = this.arns.get(name);
    if (arn === undefined) throw new Error(`no secret ${name}`);
    return arn;
  }
}
