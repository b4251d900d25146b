import { Command } from 'commander';
import type { WebhookOptions } from '../actions/webhooks.ts';
import type { SetExitCode } from '../exit-codes.ts';
import { withCommonOptions } from '../options.ts';

const description = 'the webhooks of GitHub and Linear that bring events here';

const help = `
On GitHub each configured repository gets a webhook. With many repositories, prefer one of the organisation:
--organization NAME, which takes a token of an owner (classic token: admin:org_hook). A GitHub App has its own.
In Linear there is one for the workspace; only the key of an administrator may see and change it.
The addresses end with ?host=…, by which this installation knows its own again, wherever the tunnel is.

Exit code: 0 done or well, 1 something is not, 2 wrong use.`;

export function webhooksCommand(setExitCode: SetExitCode): Command {
  const webhooks = new Command('webhooks').description(description).addHelpText('after', help);
  const add = (name: 'register' | 'status' | 'remove', text: string) => {
    const command = new Command(name)
      .description(text)
      .option('--organization <name>', 'one of this GitHub organisation, not of each repository')
      .option('--json', 'as JSON')
      .addHelpText('after', help)
      .action(async (options: WebhookOptions) => {
        const actions = await import('../actions/webhooks.ts');
        setExitCode(await actions[name](options));
      });
    webhooks.addCommand(withCommonOptions(command));
    return command;
  };
  const here = 'where they reach this host (default: host.webhookUrl, or that of the stack)';
  add('register', 'create or update them: address, events, secret')
    .option('--url <url>', here)
    .option('--replace', "take over a GitHub App's webhook that another host uses");
  add('status', 'look at how they are').option('--url <url>', here);
  add('remove', 'remove those that register has made, and no others').option(
    '--url <url>',
    'those that lead to this address instead, whoever has made them',
  );
  return webhooks;
}
