import { z } from 'zod';
import type { CicdServices } from './chore.ts';
import { recall, remember } from './memory.ts';

/** A day longer than GitHub lists the delivery. */
const keptMs = 4 * 86_400_000;

/** How often it was tried to bring in the delivery. */
export async function countTries(guid: string, { store }: CicdServices): Promise<number> {
  return (await recall(store, keyOf(guid), z.int())) ?? 0;
}

export async function noteTries(
  guid: string,
  tries: number,
  { clock, store }: CicdServices,
): Promise<void> {
  const expiresAt = clock.now().getTime() + keptMs;
  await remember(store, { key: keyOf(guid), value: tries, expiresAt });
}

function keyOf(guid: string): string {
  return `tries:${guid}`;
}
