import { Command } from 'commander';
import { secretNames } from '../../../lib/domain/secret-names.ts';
import { exitCodes, WrongUseError, type SetExitCode } from '../exit-codes.ts';
import { loadSettings, withCommonOptions, type CommonOptions, type Settings } from '../options.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';
import { secretRow, secretsHead } from '../secrets/format-secrets.ts';
import { readSecret } from '../secrets/read-secret.ts';
import { kebabName, parseSecretName } from '../secrets/secret-spelling.ts';
import { parseSecretValue } from '../secrets/secret-value.ts';
import { webhookSecretNames, type WebhookSecretName } from '../webhooks/webhook-secret.ts';

interface RotateOptions extends CommonOptions {
  organization?: string;
  force?: boolean;
  switched?: boolean;
}

const setHelp = `
NAME is linear-api-key or LINEAR_API_KEY: cicd secrets ls has them all. The value comes from standard input, or
is asked for; it is never an argument, which the history of the shell would keep:
  cicd secrets set linear-api-key --stack autonomous-cicd-dev
  cicd secrets set github-app-private-key --stack autonomous-cicd-dev < key.pem

Functions use the new value within minutes. Of a webhook's secret, the value before counts as well. Of credentials
that belong together, set both: a half GitHub App, which has precedence, is an error even beside a github-token.
cicd secrets unset takes one back.`;

const unsetHelp = `
NAME is linear-api-key or LINEAR_API_KEY. The secret itself stays: it is part of the stack. Functions do without its
value within minutes, and without the one before.`;

const rotateHelp = `
NAME is github-webhook-secret or linear-webhook-secret. A new value is made, and the webhooks of this stack get
it, some seconds later, when all functions know it; the value before counts until the next rotation. Ended in the
middle and run again, it goes on.

Exit code: 0 done, 1 the other side could not be switched, 2 wrong use.`;

const noArgument =
  'Only the name is an argument, never a value: leave it out, and pipe it in or type it when you are asked. If it was the ' +
  'real one, it is in the history of your shell now: make another one.';

const locally =
  'On this machine secrets live in .env, beside cicd.config.ts: edit it. For a stack, add --stack NAME.';

export function secretsCommand(setExitCode: SetExitCode): Command {
  const secrets = new Command('secrets').description('the secrets of a stack, never their values');
  const add = (command: Command) => secrets.addCommand(withCommonOptions(command));
  add(
    new Command('ls')
      .description('list which are set, since when, and what for')
      .option('--json', 'as JSON')
      .action(list),
  );
  add(
    new Command('set')
      .description('set one, from standard input or a hidden prompt')
      .argument('<name>', 'a secret')
      // What is not expected, commander would repeat: that may be the value.
      .argument('[nothing...]', 'the value is no argument')
      .allowUnknownOption()
      .usage('[options] <name>')
      .option('--force', 'though a rotation has begun that is not finished')
      .addHelpText('after', setHelp)
      .action(set),
  );
  add(
    new Command('unset')
      .description('take the value of one away')
      .argument('<name>', 'a secret')
      .addHelpText('after', unsetHelp)
      .action(unset),
  );
  add(
    new Command('rotate')
      .description('give a webhook a new secret, without losing a delivery')
      .argument('<name>', 'github-webhook-secret or linear-webhook-secret')
      .option('--organization <name>', 'the webhook of this GitHub organisation has it')
      .option('--switched', 'say that you have given the new value to the other side by hand')
      .option('--force', 'make another value, though the one before may still be in use')
      .addHelpText('after', rotateHelp)
      .action(async (name: string, options: RotateOptions) =>
        setExitCode(await rotate(name, options)),
      ),
  );
  return secrets;
}

/** @throws WrongUseError without a stack */
async function requireStack(
  options: CommonOptions,
): Promise<{ settings: Settings; stack: string }> {
  const { stack } = options;
  if (stack === undefined) throw new WrongUseError(locally);
  return { settings: await loadSettings(options), stack };
}

async function list(options: CommonOptions & { json?: boolean }): Promise<void> {
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

async function set(
  spelled: string,
  more: string[],
  { force = false, ...options }: CommonOptions & { force?: boolean },
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

async function unset(spelled: string, options: CommonOptions): Promise<void> {
  const name = parseSecretName(spelled, secretNames);
  const { settings, stack } = await requireStack(options);
  const { openVault, unsetOnStack } = await import('../secrets/secret-actions.ts');
  printProgress(await unsetOnStack(await openVault(settings, stack), name));
}

async function rotate(spelled: string, options: RotateOptions): Promise<number> {
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
