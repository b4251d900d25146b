import type { LoadedConfig } from '../../lib/runtime/config.ts';
import { createLogger } from '../../lib/runtime/logging.ts';
import {
  createMetricCounters,
  setMetricSink,
  type MetricCounters,
} from '../../lib/runtime/metrics.ts';
import { configurationDigest } from '../desk/configuration-digest.ts';
import { openDataFolder } from './data-folder.ts';
import { announceReport, startFirstAnalyses } from './first-analyses.ts';
import type { HostSettings } from './host-settings.ts';
import { createApp } from './http/app.ts';
import { listen, type HttpServer } from './http/server.ts';
import { startLocalRuntime, type LocalRuntime } from './local-runtime.ts';
import { createRunDesk, type RunDesk } from '../desk/run-desk.ts';
import { createRunReader } from '../desk/run-reader.ts';
import { textSink } from './text-log.ts';
import { tellAgentsAtWork, tellWaitingRuns } from './work-under-way.ts';

export interface Host {
  /** `http://localhost:4200` */
  url: string;
  /** Stops listening, lets runs reach their next checkpoint, closes the data folder. */
  close(): Promise<void>;
}

/** Leaves the rest of the five seconds that a shutdown may take to closing the files. */
const drainMilliseconds = 3_000;

interface HostOptions {
  settings: HostSettings;
  dataFolder: string;
  /** Default: the configured one. */
  port?: number;
  /** Called once the host answers. */
  onListening?: (url: string) => Promise<void>;
}

/**
 * Runs the whole system on this machine: flows, HTTP API and pages on one data folder.
 * @throws HostStartError, DataFolderInUseError and others that say what to do
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { settings } = options;
  const { config } = settings;
  const port = options.port ?? config.config.host.port;
  const dataFolder = openDataFolder(options.dataFolder);
  let runtime: LocalRuntime | undefined;
  let server: HttpServer | undefined;
  try {
    runtime = await startLocalRuntime(dataFolder, {
      settings,
      showLine: textSink(process.stdout),
      pagesUrl: () => (server === undefined ? `http://localhost:${port}` : urlOf(server)),
    });
    const { agents, engine, blobs } = runtime;
    const reader = createRunReader(engine, blobs);
    const desk = createRunDesk(engine, { agents, config, reader });
    const instance = crypto.randomUUID();
    const starting = { config, desk, runtime, url: () => urlOf(server) };
    const app = createApp({
      ...runtime,
      metrics: countMetrics(),
      runs: desk,
      instance,
      onResume: () => startWhatWaits(starting),
    });
    server = await listen(app, { port, command: 'npm start --' });
    const url = urlOf(server);
    const configuration = configurationDigest(config);
    dataFolder.announce({ pid: process.pid, command: 'cicd start', url, instance, configuration });
    await options.onListening?.(url);
    runtime.scheduler.start();
    await tellWaitingRuns({ list: (query) => engine.list(query) });
    await startWhatWaits(starting);
    return { url, close: closeHost(server, runtime) };
  } catch (error) {
    await server?.close();
    if (runtime === undefined) dataFolder.close();
    else await runtime.close(0);
    throw error;
  }
}

function urlOf(server: HttpServer | undefined): string {
  return `http://localhost:${server?.port ?? ''}`;
}

/** At the start and after a pause. A pause is told at every start: it outlives the person who has paused. */
async function startWhatWaits(host: {
  config: LoadedConfig;
  desk: RunDesk;
  runtime: LocalRuntime;
  /** Known once the host listens. */
  url: () => string;
}): Promise<void> {
  const { config, desk, runtime, url } = host;
  await runtime.bus.resume();
  const pause = await runtime.pause.get();
  if (pause !== null) {
    createLogger().warn('Paused: deliveries and first analyses wait for cicd resume', pause);
  } else if (config.config.analyseOnFirstStart) {
    await startFirstAnalyses(desk, config, announceReport(runtime.engine, url()));
  }
}

/** Metrics of this process are counted for those who ask over HTTP. */
function countMetrics(): MetricCounters {
  const metrics = createMetricCounters();
  setMetricSink(metrics.sink);
  return metrics;
}

function closeHost(server: HttpServer, runtime: LocalRuntime): () => Promise<void> {
  return async () => {
    createLogger().info('Stopping');
    await server.close();
    await tellAgentsAtWork(runtime.agents);
    await runtime.close(drainMilliseconds);
  };
}
