import { statfsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMachine } from '../../lib/adapters/machine/machine.ts';
import type { Machine } from '../../lib/ports/machine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What every implementation of the port has to do. */
const implementations: Record<string, (folder: string) => Machine> = {
  'this machine': createMachine,
};

describe.each(Object.entries(implementations))('Machine: %s', (_, create) => {
  test.each(['cpu', 'memory', 'disk'] as const)('tells the share of %s', async (name) => {
    const { detail, used } = await create(temporaryFolder())[name]();
    expect(used).toBeGreaterThanOrEqual(0);
    expect(used).toBeLessThanOrEqual(1);
    expect(detail).not.toBe('');
  });

  test('counts the memory of this process as used', async () => {
    const machine = create(temporaryFolder());
    const kept: Buffer[] = [];
    const takeSome = async () => {
      const { used: before } = await machine.memory();
      kept.push(Buffer.alloc(300_000_000, 1));
      return (await machine.memory()).used - before;
    };
    // Half of it, and more than one try, because other processes come and go. By a lower limit than all
    // memory the share is larger.
    const half = 150_000_000 / totalmem();
    await expect.poll(takeSome, { timeout: 2_000, interval: 500 }).toBeGreaterThan(half);
  });

  test('sees a processor at work', async () => {
    const work = setInterval(() => {
      const until = Date.now() + 50;
      while (Date.now() < until);
    }, 1);
    const { used } = await create(temporaryFolder()).cpu();
    clearInterval(work);
    expect(used).toBeGreaterThan(0.5 / cpus().length);
  });

  test('counts disks as df does', async () => {
    const folder = temporaryFolder();
    const { bavail, bfree, blocks } = statfsSync(folder);
    const used = blocks - bfree;
    expect((await create(folder).disk()).used).toBeCloseTo(used / (used + bavail), 2);
  });

  test('fails for a folder that is not there', async () => {
    await expect(create(join(temporaryFolder(), 'missing')).disk()).rejects.toThrow('ENOENT');
  });
});
