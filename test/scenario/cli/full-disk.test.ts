import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { smallProject } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../infra/cli/cicd.mjs', import.meta.url));

/** A file system of its own size needs a mount namespace, which not every machine grants. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mountable = canMount();

beforeAll(() => {
  if (!mountable) process.stderr.write('No mount namespaces: a full disk is not tested here.\n');
});

/** Runs a script on a disk of 3 MB at $DISK; `cicd ARGS` is the command line. */
async function onSmallDisk(folder: string, script: string): Promise<string> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const prelude = `
    mount -t tmpfs -o size=3m tmpfs "$DISK"
    cicd() {
      "${process.execPath}" "${program}" "$@" \
        --config "${folder}/cicd.config.ts" --data "$DISK/data"
      echo "exit $?"
    }
    fill() { head -c 4000000 /dev/zero > "$DISK/filler" || true; }
  `;
  const { stdout } = await run('unshare', ['-rm', 'sh', '-c', `${prelude}\n{ ${script}\n} 2>&1`], {
    env: { ...process.env, DISK: disk },
  });
  return stdout;
}

/** Comments of random text: a snapshot of it neither compresses nor fits beside the filler. */
function noise(seed: number): string {
  const lines = Array.from({ length: 12_000 }, (_, line) => {
    const digest = createHash('sha512').update(`${seed}/${line}`).digest('base64');
    return `# ${digest.slice(0, 70)}`;
  });
  return lines.join('\n');
}

test.runIf(mountable)('a disk that is full from the start is told', async () => {
  const output = await onSmallDisk(folderWith(smallProject), 'fill; cicd analyze orders');
  expect(output).toMatch(/The data folder .* cannot be created or written: .*full/);
  expect(output).toContain('exit 1');
});

test.runIf(mountable)('runs are kept, and go on, when the disk was full for a while', async () => {
  const output = await onSmallDisk(
    folderWith(smallProject),
    `cicd analyze orders --out /dev/null
     fill
     cicd analyze orders --out /dev/null
     rm "$DISK/filler"
     cicd analyze orders --out /dev/null
     cicd runs ls --json`,
  );
  const [first = '', second = '', third = '', listed = ''] = output.split(/exit \d\n/);
  expect(output.match(/exit \d/g)).toEqual(['exit 0', 'exit 1', 'exit 0', 'exit 0']);
  expect(first).toContain('Report written');
  expect(second).toMatch(/full/);
  expect(third).toContain('new=0');
  const { runs } = JSON.parse(listed);
  expect(runs.at(-1)).toMatchObject({ state: 'succeeded' });
  expect(runs[0]).toMatchObject({ state: 'succeeded' });
});

test.runIf(mountable)(
  'a disk that fills up under a run fails it, and a retry goes through',
  async () => {
    const folder = folderWith({
      ...smallProject,
      'orders/noise_1.py': noise(1),
      'orders/noise_2.py': noise(2),
    });
    const output = await onSmallDisk(
      folder,
      `head -c 2000000 /dev/zero > "$DISK/filler"
     cicd analyze orders --out /dev/null
     rm "$DISK/filler"
     cicd runs retry $(cicd runs ls --json | sed -n 's/.*"id": "\\(.*\\)".*/\\1/p')
     cicd runs ls --json`,
    );
    const [failed = '', retried = '', listed = ''] = output.split(/exit \d\n/);
    expect(output.match(/exit \d/g)).toEqual(['exit 1', 'exit 0', 'exit 0']);
    expect(failed).toMatch(
      /The disk that holds .*blobs is full\. Free some space and retry the run\./,
    );
    expect(retried).toContain('Report written');
    const { runs } = JSON.parse(listed);
    expect(runs.map(({ state }: { state: string }) => state)).toEqual(['succeeded', 'failed']);
  },
);
