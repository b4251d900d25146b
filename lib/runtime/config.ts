import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, messageOf } from '../domain/errors.ts';
import { isSameName } from '../domain/same-name.ts';
import { configSchema, type Config, type ConfigInput } from './config-schema.ts';
import { formatProblems } from './problems.ts';

/** Gives `cicd.config.ts` its types. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

export interface LoadedConfig {
  config: Config;
  /** Absolute; relative sources are resolved against it. */
  folder: string;
}

/** @throws ConfigError that lists every problem by its path, without values */
export function parseConfig(input: unknown): Config {
  const parsed = configSchema.safeParse(input);
  if (!parsed.success) throw new ConfigError(formatProblems(parsed.error));
  const problems = [
    ...repeatedNames(parsed.data),
    ...unknownComponents(parsed.data),
    ...labelsInCircles(parsed.data),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

/**
 * Loads a configuration file; without one, the defaults hold.
 * @throws ConfigError when it cannot be loaded or is not valid
 */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  const path = resolve(file);
  const folder = dirname(path);
  if ((await stat(path).catch(() => null)) === null) return { config: parseConfig({}), folder };

  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new ConfigError([`${path} cannot be loaded: ${messageOf(error)}`]);
  }
  if (module.default === undefined) {
    throw new ConfigError([
      `${path}: has no default export; write: export default defineConfig({})`,
    ]);
  }
  return { config: parseConfig(module.default), folder };
}

function repeatedNames({ repositories }: Config): string[] {
  const seen = new Set<string>();
  return repositories.flatMap(({ name }, index) => {
    // GitHub takes a name in any case for the same repository.
    const comparable = name.toLowerCase();
    if (seen.has(comparable)) return [`repositories[${index}].name: is used twice`];
    seen.add(comparable);
    return [];
  });
}

/** Issues are about one configured component each. */
function unknownComponents({ linear, repositories }: Config): string[] {
  const names = repositories.flatMap(({ components, name }) =>
    Object.keys(components).flatMap((component) => [component, `${name}/${component}`]),
  );
  return Object.entries(linear.issues).flatMap(([issue, component]) => {
    const fitting = names.filter((name) => name === component).length;
    if (fitting === 1) return [];
    const problem = fitting === 0 ? 'names no configured component' : 'fits several components';
    return [`linear.issues.${issue}: ${problem}; write NAME or REPOSITORY/NAME`];
  });
}

/** What the system adds to an issue must not ask it for an analysis. */
function labelsInCircles({ linear: { analysisLabel, doneLabel } }: Config): string[] {
  const isSame = doneLabel !== undefined && isSameName(doneLabel, analysisLabel);
  return isSame ? ['linear.doneLabel: must not be linear.analysisLabel'] : [];
}
