import { createMetrics, type Metrics } from './metrics.ts';

/** What a running stack shows of itself. */
export interface Observations {
  metrics: Metrics;
  /** Everything that was tried without a permission in the template. */
  denied: readonly string[];
  deny: (problem: string) => void;
  /** Rights that were made use of, by the name of the role that has done it. */
  used: ReadonlyMap<string, ReadonlySet<string>>;
  use: (role: string, right: string) => void;
  /** Takes a line of a function; what is a metric counts as one. */
  addLine(logGroup: string, line: string): void;
  /** Of a log group, oldest first. */
  lines(logGroup: string): readonly string[];
}

export function createObservations(): Observations {
  const metrics = createMetrics();
  const denied: string[] = [];
  const used = new Map<string, Set<string>>();
  const groups = new Map<string, string[]>();
  const linesOf = (logGroup: string) => groups.get(logGroup) ?? [];
  return {
    metrics,
    denied,
    deny: (problem) => void denied.push(problem),
    used,
    use(role, right) {
      const rights = used.get(role) ?? new Set();
      used.set(role, rights.add(right));
    },
    addLine(logGroup, line) {
      const lines = linesOf(logGroup);
      lines.push(line);
      groups.set(logGroup, lines);
      metrics.readLine(line);
    },
    lines: linesOf,
  };
}
