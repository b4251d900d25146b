import { secretNames } from '../../../lib/domain/secret-names.ts';
import { exitCodes, WrongUseError } from '../exit-codes.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';
import { secretRow, secretsHead } from '../secrets/format-secrets.ts';
import { readSecret } from '../secrets/read-secret.ts';
import { kebabName, parseSecretName } from '../secrets/secret-spelling.ts';
import { parseSecretValue } from '../secrets/secret-value.ts';
import { webhookSecretNames, type WebhookSecretName } from '../webhooks/webhook-secret.ts';

export interface ListOptions extends CommonOptions {
  json?: boolean;
}

export interface SetOptions extends CommonOptions {
  force?: boolean;
}

export interface RotateOptions extends CommonOptions {
  organization?: string;
  force?: boolean;
  switched?: boolean;
}

const noArgument =
  'Only the name is an argument, never a value: leave it out, and pipe it in or type it when you are asked. If it was the ' +
  'real one, it is in the history of your shell now: make another one.';

const locally =
  'On this machine secrets live in .env, beside cicd.config.ts: edit it. For a stack, add --stack NAME.';

/** @throws WrongUseError without a stack */
async function requireStack(
  options: CommonOptions,
): Promise<{ settings: Settings; stack: string }> {
  const { stack } = options;
  if (stack === undefined) throw new WrongUseError(locally);
  return { settings: await loadSettings(options), stack };
}

export async function list(options: ListOptions): Promise<void> {
  const { settings, stack } = await requireStack(options);
  const { listSecrets } = await import('../secrets/secret-actions.ts');
  const secrets = await listSecrets(settings, stack);
  if (options.json === true) return printJson({ secrets });
  const now = Date.now();
  await print(formatColumns([secretsHead, ...secrets.map((secret) => secretRow(secret, now))]));
}

/** Not the result of the command. */
function showPrompt(text: string): void {
  process.stderr.write(text);
}

export async function set(
  spelled: string,
  more: string[],
  { force = false, ...options }: SetOptions,
): Promise<void> {
  if (more.length > 0) throw new WrongUseError(noArgument);
  const name = parseSecretName(spelled, secretNames);
  const { settings, stack } = await requireStack(options);
  const { openVault, setSecret } = await import('../secrets/secret-actions.ts');
  // Before anybody types something that cannot be kept.
  const vault = await openVault(settings, stack);
  const prompt = `Value of ${name} (nothing is shown): `;
  const given = await readSecret(process.stdin, { prompt, show: showPrompt });
  const value = parseSecretValue(name, given);
  printProgress(await setSecret(vault, name, { value, force }));
}

export async function unset(spelled: string, options: CommonOptions): Promise<void> {
  const name = parseSecretName(spelled, secretNames);
  const { settings, stack } = await requireStack(options);
  const { openVault, unsetOnStack } = await import('../secrets/secret-actions.ts');
  printProgress(await unsetOnStack(await openVault(settings, stack), name));
}

export async function rotate(spelled: string, options: RotateOptions): Promise<number> {
  const name = parseSecretName(spelled, webhookSecretNames);
  const { settings, stack } = await requireStack(options);
  const { markSwitched, openVault, rotateOnStack } = await import('../secrets/secret-actions.ts');
  if (options.switched === true) {
    await markSwitched(await openVault(settings, stack), name);
    printProgress(`Noted: the webhooks sign with the current ${name}.`);
    return exitCodes.done;
  }
  const { force = false, organization: organisation } = options;
  const { finished, outcomes } = await rotateOnStack(settings, stack, {
    name,
    force,
    organisation,
  });
  const rows = outcomes.map(({ detail, done, place }) => [place, done, detail]);
  if (rows.length > 0) await print(formatColumns(rows));
  if (finished) return exitCodes.done;
  printProgress(byHand(name, stack));
  return exitCodes.failed;
}

function byHand(name: WebhookSecretName, stack: string): string {
  const spelled = kebabName(name);
  return `Not every webhook has the new value yet; the one before counts until the next rotation.
Where none was found, the credentials may not be allowed to see it (cicd doctor), or none is registered.
Once that is mended, finish: cicd secrets rotate ${spelled} --stack ${stack}
Or give the new value to the other side by hand. It is shown by:
  aws secretsmanager get-secret-value --secret-id ${stack}/${spelled} --query SecretString --output text
and note it: cicd secrets rotate ${spelled} --switched --stack ${stack}`;
}
