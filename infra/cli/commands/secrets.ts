import { Command } from 'commander';
import type { ListOptions, RotateOptions, SetOptions } from '../actions/secrets.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions, type CommonOptions } from '../options.ts';

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

export function secretsCommand(setExitCode: SetExitCode): Command {
  const secrets = new Command('secrets').description('the secrets of a stack, never their values');
  const add = (command: Command) => secrets.addCommand(withCommonOptions(command));
  add(
    new Command('ls')
      .description('list which are set, since when, and what for')
      .option('--json', 'as JSON')
      .action(async (options: ListOptions) => {
        const { list } = await import('../actions/secrets.ts');
        await list(options);
      }),
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
      .action(async (name: string, more: string[], options: SetOptions) => {
        const { set } = await import('../actions/secrets.ts');
        await set(name, more, options);
      }),
  );
  add(
    new Command('unset')
      .description('take the value of one away')
      .argument('<name>', 'a secret')
      .addHelpText('after', unsetHelp)
      .action(async (name: string, options: CommonOptions) => {
        const { unset } = await import('../actions/secrets.ts');
        await unset(name, options);
      }),
  );
  add(
    new Command('rotate')
      .description('give a webhook a new secret, without losing a delivery')
      .argument('<name>', 'github-webhook-secret or linear-webhook-secret')
      .option('--organization <name>', 'the webhook of this GitHub organisation has it')
      .option('--switched', 'say that you have given the new value to the other side by hand')
      .option('--force', 'make another value, though the one before may still be in use')
      .addHelpText('after', rotateHelp)
      .action(async (name: string, options: RotateOptions) => {
        const { rotate } = await import('../actions/secrets.ts');
        setExitCode(await rotate(name, options));
      }),
  );
  return secrets;
}
