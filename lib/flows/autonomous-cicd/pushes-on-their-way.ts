import { z } from 'zod';
import type { Hook } from '../../ports/sent-deliveries.ts';
import type { CicdServices } from './chore.ts';
import { recall, remember } from './memory.ts';

/** Until then what was sent once more has arrived, and the dispatcher knows of it. */
const patienceMs = 10 * 60_000;

/**
 * Remembers that a push is sent once more. The head of its repository has moved by it: looked at meanwhile,
 * it would be taken for a push that nobody has told, and analysed a second time.
 */
export async function notePushOnItsWay(hook: Hook, { clock, store }: CicdServices): Promise<void> {
  const now = clock.now().getTime();
  await remember(store, { key: keyOf(hook), value: now, expiresAt: now + patienceMs });
}

/** Whether a push to the repository may be on its way. @param repository `owner/name` */
export async function mayPushBeOnItsWay(
  repository: string,
  { clock, store }: CicdServices,
): Promise<boolean> {
  const [organisation = ''] = repository.split('/');
  const hooks: Hook[] = [
    { kind: 'app' },
    { kind: 'organisation', organisation, id: '' },
    { kind: 'repository', repository, id: '' },
  ];
  const notes = await Promise.all(hooks.map((hook) => recall(store, keyOf(hook), z.number())));
  const now = clock.now().getTime();
  return notes.some((at) => at !== undefined && now - at < patienceMs);
}

/** By what the hook tells of: all its repositories may be meant. */
function keyOf(hook: Hook): string {
  if (hook.kind === 'app') return 'on-their-way:app';
  const place = hook.kind === 'organisation' ? hook.organisation : hook.repository;
  return `on-their-way:${place.toLowerCase()}`;
}
