import { Command } from 'commander';
import type { ListingOptions, ListOptions, LogOptions } from '../actions/agents.ts';
import { wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';

const idDescription = 'an agent run, or the beginning of its id';

const help = `
An agent run is one coding agent at work on one analysis: cicd analyze NAME --agents asks for three of them.

Examples:
  cicd agents ls --open
  cicd agents logs 3f2a91c0 --follow
  cicd agents stop 3f2a91c0`;

export function agentsCommand(): Command {
  const agents = new Command('agents')
    .description('list, look at and stop runs of coding agents')
    .addHelpText('after', help);
  const add = (command: Command) => agents.addCommand(withCommonOptions(command));

  add(
    new Command('ls')
      .description('list agent runs, newest first')
      .option('--limit <number>', 'agent runs to show', wholeNumber(1, 500), 20)
      .option('--open', 'only those that have not ended')
      .option('--cursor <cursor>', 'go on where a listing has ended: the `next` that it told')
      .option('--json', 'as JSON')
      .action(async (options: ListOptions) => {
        const { list } = await import('../actions/agents.ts');
        await list(options);
      }),
  );
  add(
    new Command('show')
      .description('show one agent run and what came of it')
      .argument('<id>', idDescription)
      .option('--json', 'as JSON')
      .action(async (id: string, options: ListingOptions) => {
        const { show } = await import('../actions/agents.ts');
        await show(id, options);
      }),
  );
  add(
    new Command('logs')
      .description('show what an agent did, as its provider tells it')
      .argument('<id>', idDescription)
      .option('--follow', 'go on until the agent run has ended')
      .option('--json', 'one JSON object a line')
      .action(async (id: string, options: LogOptions) => {
        const { logs } = await import('../actions/agents.ts');
        await logs(id, options);
      }),
  );
  add(
    new Command('stop')
      .description('end an agent run, or let go of one that its provider cannot end')
      .argument('<id>', idDescription)
      .action(async (id: string, options: CommonOptions) => {
        const { stop } = await import('../actions/agents.ts');
        await stop(id, options);
      }),
  );
  return agents;
}
