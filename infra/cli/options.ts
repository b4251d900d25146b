import { InvalidArgumentError, Option, type Command } from 'commander';

export interface CommonOptions {
  data?: string;
  config?: string;
  stack?: string;
}

/** For what can be done on this machine and on a stack. */
export function withCommonOptions(command: Command): Command {
  return withLocalOptions(command).addOption(
    new Option('--stack <name>', 'a stack on AWS instead of this machine: autonomous-cicd-dev')
      .argParser(stackName)
      .conflicts('data'),
  );
}

/** For what only this machine can do. */
export function withLocalOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <dir>', 'data folder (default: .cicd beside the configuration)'))
    .addOption(
      new Option('--config <file>', "configuration (default: the project's cicd.config.ts)"),
    );
}

/** For commander. CloudFormation takes no other names. */
function stackName(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(value)) return value;
  throw new InvalidArgumentError('It must be letters, digits and - only, a letter first.');
}

/** For commander: a whole number of at least `least`. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
