import { randomUUID } from 'node:crypto';
import { alreadyExists, invalidArgument } from './errors.ts';
import type { LinearWorld } from './world.ts';

/** Client-chosen ids are UUIDs of version 4, and name one entity for ever. */
export function newIdOf(
  world: LinearWorld,
  { entity, wanted, taken }: { entity: string; wanted: string | null | undefined; taken: string[] },
): string {
  const id = wanted ?? randomUUID();
  if (!/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i.test(id)) {
    throw invalidArgument('id must be a UUID');
  }
  if (taken.includes(id)) {
    world.duplicates.push(id);
    throw alreadyExists(entity, id);
  }
  return id;
}
