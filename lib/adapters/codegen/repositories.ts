import { z } from 'zod';
import { isSameRepository } from '../../domain/same-repository.ts';
import type { AgentRequest } from '../../ports/agent-provider.ts';
import { final } from '../../runtime/json-service/refusals.ts';
import { findInPages, type CodegenApi } from './api.ts';
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

  const lookUp = async (repository: string): Promise<number | undefined> =>
    await findInPages(
      async (skip, limit) => {
        const path = `/repos?skip=${skip}&limit=${limit}`;
        const missing = 'Codegen does not know the organisation';
        const { items } = await api.ask({ method: 'GET', path, schema: pageSchema, missing });
        return items;
      },
      ({ full_name, id }) => (isSameRepository(full_name ?? '', repository) ? id : undefined),
    );

  return {
    numberOf: async ({ repository, source }) => {
      const stated = Object.entries(configured).find(([name]) =>
        isSameRepository(name, repository),
      );
      const known = stated?.[1] ?? found.get(repository.toLowerCase());
      if (known !== undefined) return known;
      if (source.kind === 'folder') {
        throw final(
          codegen,
          `Codegen cannot read a folder of this machine. If ${repository} is connected to it, ${advice}.`,
        );
      }
      const number = await lookUp(source.repository);
      if (number === undefined) throw unknownRepository(repository);
      found.set(repository.toLowerCase(), number);
      return number;
    },
    forget: (repository) => {
      found.delete(repository.toLowerCase());
    },
  };
}

function unknownRepository(repository: string): Error {
  const text = `Codegen does not know the repository ${repository}. Connect it to the organisation at Codegen, or ${advice}.`;
  return final(codegen, text);
}
