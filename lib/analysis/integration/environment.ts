import type { IntegrationPoint } from '../../domain/report.ts';
import type { EnvironmentFact, FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';

/** Environment variables that a file reads, each once. */
export function environmentPoints({ path, environment }: FileFacts): IntegrationPoint[] {
  return byName(environment).map(([first, ...others]) => ({
    kind: 'configuration',
    name: first.name,
    detail: null,
    path,
    line: first.line,
    alsoAt: others.map(({ line }) => `${path}:${line}`),
    errorHandling: null,
    timeout: null,
  }));
}

/** One hit for a file: which of its variables must be set. */
export function checkEnvironment({ path, environment }: FileFacts): Hit[] {
  if (isTestPath(path)) return [];
  const required = byName(environment).filter((reads) =>
    reads.every(({ name, hasDefault }) => !hasDefault && name !== '*'),
  );
  const [first] = required;
  if (!first) return [];
  const names = required.map(([{ name }]) => `\`${name}\``).join(', ');
  return [
    {
      rule: 'environment-without-default',
      path,
      line: first[0].line,
      message: `No default stands beside ${names}: the code depends on the environment to set it.`,
      symbol: first[0].name,
    },
  ];
}

type Reads = [EnvironmentFact, ...EnvironmentFact[]];

function byName(environment: readonly EnvironmentFact[]): Reads[] {
  const reads = new Map<string, Reads>();
  for (const fact of environment) {
    const known = reads.get(fact.name);
    if (known) known.push(fact);
    else reads.set(fact.name, [fact]);
  }
  return [...reads.values()];
}
