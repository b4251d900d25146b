import { createHash } from 'node:crypto';
import { flowNames } from '../../lib/domain/flow-names.ts';
import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { createLogger, errorFields } from '../../lib/runtime/logging.ts';
import { listConfiguredAnalyses } from '../../lib/flows/component-analysis/configured-components.ts';
import type { Engine } from './engine/engine-interface.ts';
import type { RunDesk } from '../desk/run-desk.ts';

/**
 * Analyses every configured component once in the life of a data folder. The name of a run says what it
 * is about, so that a second start finds the run of the first.
 */
export async function startFirstAnalyses(
  desk: RunDesk,
  config: LoadedConfig,
  tellWhereToLook: (component: string, runId: string) => void,
): Promise<void> {
  for (const input of listConfiguredAnalyses(config)) {
    const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 16);
    const { runId, created } = await desk.start({
      flow: flowNames.componentAnalysis,
      name: `setup-${digest}`,
      input,
      cause: { kind: 'setup' },
    });
    if (created) tellWhereToLook(input.component, runId);
  }
}

/** Says where a newcomer finds the report, as soon as there is one. */
export function announceReport(engine: Engine, url: string) {
  const log = createLogger();

  const tellTheEnd = async (component: string, runId: string): Promise<void> => {
    const { state } = await engine.waitForRun(runId);
    const page = `${url}/runs/${runId}${state === 'succeeded' ? '/report' : ''}`;
    log.info('First analysis ended', { component, state, page });
  };

  return (component: string, runId: string): void => {
    log.info('First analysis started', { component });
    tellTheEnd(component, runId).catch((error: unknown) =>
      log.debug('The host stops before the first analysis has ended', errorFields(error)),
    );
  };
}
