import type { AgentProviderName } from '../../../lib/domain/agents/agent-run.ts';
import { isSameRepository } from '../../../lib/domain/same-repository.ts';
import { githubSourceWord } from '../../../lib/domain/source.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { warning, type CheckLine } from './check-line.ts';

const area = 'Agents';

export interface HurdleFacts {
  config: Config;
  provider: AgentProviderName;
  /** Of whoever starts agents on this machine. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether credentials of GitHub are set. */
  hasGithub: boolean;
}

/** What will be in the way of agents although their provider can be asked. */
export function judgeHurdles(facts: HurdleFacts): CheckLine[] {
  if (facts.provider !== 'command') return unreadFolders(facts);
  return [...unsetVariables(facts), ...lostChanges(facts)];
}

/** A hosted agent reads what is on GitHub. */
function unreadFolders({ config, provider }: HurdleFacts): CheckLine[] {
  const numbered = provider === 'codegen' ? Object.keys(config.agents.codegen.repositories) : [];
  return foldersOf(config)
    .filter((name) => !numbered.some((known) => isSameRepository(known, name)))
    .map((name) => {
      const detail = `no agent can be asked about it: ${provider} reads no folder of this machine`;
      const orNumber =
        provider === 'codegen' ? ', or give its number in agents.codegen.repositories' : '';
      return warning({ area, subject: name }, detail, `give it source: 'github'${orNumber}`);
    });
}

function unsetVariables({ config, environment }: HurdleFacts): CheckLine[] {
  const unset = config.agents.command.environment.filter((name) => !environment[name]);
  if (unset.length === 0) return [];
  const detail = `agents are to see what is not set here: ${unset.join(', ')}`;
  const advice = 'set it where npm start is called (.env is not read for agents)';
  return [warning({ area, subject: 'environment' }, detail, advice)];
}

/** Changes of agents are handed in as pull requests on GitHub. */
function lostChanges({ config, hasGithub }: HurdleFacts): CheckLine[] {
  if (!config.agents.mayChangeCode) return [];
  const ofFolders = foldersOf(config).map((name) => {
    const detail = 'agents may change code, and changes of a folder become no pull request';
    const advice = "give it source: 'github', or leave agents.mayChangeCode out";
    return warning({ area, subject: name }, detail, advice);
  });
  const isOnGithub = ofFolders.length < config.repositories.length;
  if (hasGithub || !isOnGithub) return ofFolders;
  const detail = 'without credentials of GitHub, changes of agents become no pull request';
  const advice = 'set GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY';
  return [...ofFolders, warning({ area, subject: 'mayChangeCode' }, detail, advice)];
}

function foldersOf({ repositories }: Config): string[] {
  return repositories.filter(({ source }) => source !== githubSourceWord).map(({ name }) => name);
}
