import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import type { SecretStore } from '../../../lib/ports/secret-store.ts';
import { newWebhookSecret, type WebhookSecretName } from '../webhooks/webhook-secret.ts';
import type { WebhookOutcome } from '../webhooks/outcome.ts';
import { planRotation } from './plan-rotation.ts';
import {
  noteRegistered,
  putSecret,
  requireSecretVersions,
  type SecretVault,
  type SecretVersions,
} from './secret-versions.ts';

export interface Rotation {
  vault: SecretVault;
  secrets: SecretStore;
  name: WebhookSecretName;
  /** Gives the sender the value; an outcome for each of its webhooks. */
  switchSender: (value: string) => Promise<WebhookOutcome[]>;
  /** Begins a new one whatever there is. */
  force: boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
  wait: (milliseconds: number) => Promise<unknown>;
  tell: (line: string) => void;
}

/** A function that meets a value it does not know reads anew, but not twice in 10 seconds. */
const spreadingMs = 12_000;

export interface RotationResult {
  outcomes: WebhookOutcome[];
  /** Whether the sender is known to sign with the current value. */
  finished: boolean;
}

/**
 * Makes a new value, which counts from then on together with the one before, gives it to the sender, and
 * notes that. Ended at any moment and run again, it goes on: the note tells that the sender has not got the
 * value yet, and no further one is made, which would push out the one that the sender signs with.
 * @throws RequestRejectedError where a value before may still be in use
 */
export async function rotateSecret(rotation: Rotation): Promise<RotationResult> {
  const { force, name, now, vault } = rotation;
  const before = await requireSecretVersions(vault, name);
  const plan = planRotation(before, { force, now: now() });
  if (plan.kind === 'refuse') throw new RequestRejectedError('conflict', plan.reason);
  const made =
    plan.kind === 'finish'
      ? await takeUpValue(rotation, before)
      : await makeValue(rotation, before);
  const outcomes = await rotation.switchSender(made.value);
  const finished = isSwitched(outcomes, { isFirst: plan.kind === 'first' });
  if (finished) await noteRegistered(vault, name, made);
  return { outcomes, finished };
}

/** Where somebody signs already, webhooks that are not to be seen must not pass for none. */
function isSwitched(
  outcomes: readonly WebhookOutcome[],
  { isFirst }: { isFirst: boolean },
): boolean {
  if (outcomes.some(({ done }) => done === 'failed')) return false;
  return isFirst ? outcomes.length > 0 : outcomes.some(({ done }) => done === 'updated');
}

/** Notes that a person has given the current value to the sender. */
export async function noteSwitched({
  name,
  vault,
}: Pick<Rotation, 'name' | 'vault'>): Promise<void> {
  const { current, registered } = await requireSecretVersions(vault, name);
  if (current === undefined) {
    throw new RequestRejectedError('conflict', `${name} has no value yet.`);
  }
  await noteRegistered(vault, name, { before: registered, version: current.id });
}

/** A value to give to the sender, its version, and the version that is noted as the sender's. */
interface RotationValue {
  value: string;
  version: string;
  before: string | undefined;
}

async function takeUpValue(
  { name, secrets, tell }: Rotation,
  { current, registered }: SecretVersions,
): Promise<RotationValue> {
  const [value] = await secrets.get(name);
  if (value === undefined || current === undefined) {
    const advice = `${name} cannot be used as it is: cicd secrets set ${name}.`;
    throw new RequestRejectedError('conflict', advice);
  }
  tell('A rotation has begun before: the sender gets the value that was made then.');
  return { value, version: current.id, before: registered };
}

/** The version that the sender signs with is noted first: it tells whoever goes on that it is still that one. */
async function makeValue(
  { name, tell, vault, wait }: Rotation,
  { current, registered }: SecretVersions,
): Promise<RotationValue> {
  if (current !== undefined && registered === undefined) {
    await noteRegistered(vault, name, { before: undefined, version: current.id });
  }
  const value = newWebhookSecret();
  const version = await putSecret(vault, name, value);
  if (current === undefined) tell(`A new ${name} was made.`);
  else {
    const pause = `Functions learn of it: ${spreadingMs / 1_000} seconds.`;
    tell(`A new ${name} was made; the one before counts as well. ${pause}`);
    await wait(spreadingMs);
  }
  return { value, version, before: registered ?? current?.id };
}
