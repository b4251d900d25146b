import { categoryNames } from '../../../domain/category-names.ts';
import type { AgentRequest } from '../../../ports/agent-provider.ts';
import type { Logger } from '../../../runtime/logging.ts';
import type { Attempt } from './asking.ts';
import type { AskServices } from './ask-services.ts';

/** What a provider is asked for; when it is late stands in the record of the agent run. */
export async function writeRequest(
  { analysis, before, component, id }: Attempt,
  services: AskServices,
  log: Logger,
): Promise<Omit<AgentRequest, 'deadline'>> {
  const { files, input } = component;
  const instructions = services.instructionsFor(input);
  const { mayChangeCode } = services.settings;
  const prompt = await services.tasks.writePrompt(
    { ...component, analysis, instructions, mayChangeCode, before },
    log,
  );
  return {
    id,
    title: `${categoryNames[analysis]} of ${input.component}`,
    prompt,
    repository: input.repository,
    source: input.source,
    commit: files.commit,
    mayChangeCode,
  };
}
