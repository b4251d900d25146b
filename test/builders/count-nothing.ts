import { onTestFinished } from 'vitest';
import { setMetricSink, writeEmbeddedMetric } from '../../lib/runtime/metrics.ts';

/** Until the test has finished, nothing is counted: lines of metrics would stand among the results of tests. */
export function countNothing(): void {
  setMetricSink(() => {});
  onTestFinished(() => setMetricSink(writeEmbeddedMetric));
}
