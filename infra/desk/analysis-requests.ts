import { z } from 'zod';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import { componentPaths } from '../../lib/flows/component-analysis/component-paths.ts';
import { listConfiguredAnalyses } from '../../lib/flows/component-analysis/configured-components.ts';
import {
  analysisInputSchema,
  type AnalysisInput,
} from '../../lib/flows/component-analysis/input.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { formatProblems } from '../../lib/runtime/problems.ts';

/** Names a configured component; the repository only where two have a component of this name. `agents`: as it is. */
const componentNameSchema = z.strictObject({
  component: z.string(),
  repository: z.string().optional(),
  agents: z.boolean().optional(),
});

/**
 * Completes `{ component }` from the configuration; a complete input passes as it is.
 * @throws RequestRejectedError for paths outside the source, and for a component that is not configured,
 *   naming those that are
 */
export function completeAnalysisInput(config: LoadedConfig, input: unknown): AnalysisInput {
  const named = componentNameSchema.safeParse(input);
  if (!named.success) {
    const complete = analysisInputSchema.safeParse(input);
    if (complete.success) {
      componentPaths(complete.data.paths);
      return complete.data;
    }
    const problems = formatProblems(complete.error).join('; ');
    throw new RequestRejectedError('invalid', `The input is not valid: ${problems}`);
  }
  const { agents, component, repository } = named.data;
  const [found, ...others] = listConfiguredAnalyses(config).filter(
    (analysis) =>
      analysis.component === component &&
      (repository === undefined || analysis.repository === repository),
  );
  if (found === undefined) throw unknownComponent(config, component);
  if (others.length === 0) return agents === undefined ? found : { ...found, agents };
  const repositories = [found, ...others].map((analysis) => analysis.repository).join(', ');
  throw new RequestRejectedError(
    'invalid',
    `Several repositories have a component "${component}": ${repositories}. Name one.`,
  );
}

function unknownComponent(config: LoadedConfig, component: string): RequestRejectedError {
  const known = listConfiguredAnalyses(config).map((analysis) => analysis.component);
  const list = known.length === 0 ? 'None is configured.' : `Configured: ${known.join(', ')}.`;
  return new RequestRejectedError('not-found', `There is no component "${component}". ${list}`);
}
