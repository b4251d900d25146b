import { z } from 'zod';
import { isSameRepository } from '../../domain/same-repository.ts';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import type { CodegenApi } from './api.ts';
import { codegen } from './failures.ts';

/** The numbers that Codegen gives to repositories. */
export interface RepositoryNumbers {
  /** @throws UpstreamError when Codegen has none for it */
  numberOf(request: Pick<AgentRequest, 'repository' | 'source'>): Promise<number>;
  /** What was found is not right any more. */
  forget(repository: string): void;
}

const pageSchema = z.object({
  items: z.array(z.object({ id: z.int(), full_name: z.string().nullable().catch(null) })),
});

const advice = 'give its number in agents.codegen.repositories of cicd.config.ts';

/** @param configured by full name; those go first, and are not asked for */
export function createRepositoryNumbers(
  api: CodegenApi,
  configured: Readonly<Record<string, number>>,
): RepositoryNumbers {
  const found = new Map<string, number>();

  return {
    numberOf: async ({ repository, source }) => {
      const stated = Object.entries(configured).find(([name]) =>
        isSameRepository(name, repository),
      );
      const known = stated?.[1] ?? found.get(repository.toLowerCase());
      if (known !== undefined) return known;
      if (source.kind === 'folder') {
        const problem = 'Codegen cannot read a folder of this machine.';
        throw final(codegen, `${problem} If ${repository} is connected to it, ${advice}.`);
      }
      const number = await lookUp(api, source.repository);
      if (number === undefined) throw unknownRepository(repository);
      found.set(repository.toLowerCase(), number);
      return number;
    },
    forget: (repository) => {
      found.delete(repository.toLowerCase());
    },
  };
}

const pageLimit = 100;
/** Beyond so many repositories one has to be configured. */
const mostPages = 50;

async function lookUp(api: CodegenApi, repository: string): Promise<number | undefined> {
  for (let index = 0; index < mostPages; index += 1) {
    const path = `/repos?skip=${index * pageLimit}&limit=${pageLimit}`;
    const missing = 'Codegen does not know the organisation';
    const { items } = await api.ask({ method: 'GET', path, schema: pageSchema, missing });
    const found = items.find(({ full_name }) => isSameRepository(full_name ?? '', repository));
    if (found !== undefined || items.length < pageLimit) return found?.id;
  }
  return undefined;
}

function unknownRepository(repository: string): Error {
  const problem = `Codegen does not know the repository ${repository}.`;
  return final(codegen, `${problem} Connect it to the organisation at Codegen, or ${advice}.`);
}
