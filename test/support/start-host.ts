import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { secretNames } from '../../lib/domain/secret-names.ts';
import { spawnCicd } from './run-cicd.ts';
import { folderWith } from './temporary-folder.ts';

/** A small project with a component of two modules. Nothing runs there by itself after the first start. */
export const smallProject = {
  'cicd.config.ts': `export default {
    repositories: [{ name: 'acme/shop', components: { orders: ['orders/**'] } }],
    schedules: { 'autonomous-cicd': { enabled: false }, 'system-health': { enabled: false } },
  };\n`,
  'orders/total.py': 'import os\n\n\ndef total(prices):\n    return sum(prices)\n',
  'orders/print_total.py': 'from orders.total import total\n\nprint(total([1, 2]))\n',
};

export interface RunningHost {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Where the project and its `.cicd` folder are. */
  folder: string;
  /** All that the host has written so far. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  pid: number;
}

/** A test host knows the secrets of its project's `.env`, not those of whoever runs the tests. */
export const noSecrets = Object.fromEntries(
  secretNames.flatMap((name) => [
    [name, undefined],
    [`${name}_PREVIOUS`, undefined],
  ]),
);

/** Starts `cicd start` on a project in a temporary folder, on any free port. Ends with the test. */
export async function startTestHost(
  project: Record<string, string> | { folder: string } = smallProject,
): Promise<RunningHost> {
  const folder =
    'folder' in project && typeof project.folder === 'string' && Object.keys(project).length === 1
      ? project.folder
      : folderWith(project);
  const child = spawnCicd(['start', '--port', '0', '--config', join(folder, 'cicd.config.ts')], {
    env: noSecrets,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /http:\/\/localhost:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    void ended.then((code) => reject(new Error(`The host ended with ${code}:\n${text}`)));
  });

  return {
    url,
    folder,
    output: () => text,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
    pid: child.pid ?? 0,
  };
}
