import { Command, CommanderError } from 'commander';
import { messageOf } from '../../lib/domain/errors.ts';
import { plainText } from '../../lib/domain/plain-text.ts';
import { setMetricSink } from '../../lib/runtime/metrics.ts';
import { agentsCommand } from './commands/agents.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { deliveriesCommand } from './commands/deliveries.ts';
import { doctorCommand } from './commands/doctor.ts';
import { healthCommand } from './commands/health.ts';
import { linearCommand } from './commands/linear.ts';
import { pauseCommand, resumeCommand } from './commands/pause.ts';
import { runsCommand } from './commands/runs.ts';
import { schedulesCommand } from './commands/schedules.ts';
import { secretsCommand } from './commands/secrets.ts';
import { startCommand } from './commands/start.ts';
import { uiCommand } from './commands/ui.ts';
import { uninstallCommand } from './commands/uninstall.ts';
import { usageCommand } from './commands/usage.ts';
import { webhooksCommand } from './commands/webhooks.ts';
import { exitCodeOf, exitCodes, type SetExitCode } from './exit-codes.ts';
import { explainAwsError } from './stack/explain-aws-error.ts';

/**
 * Runs one command.
 * @param args the words after the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong use; that of `health` says how the system is, or 3
 */
export async function main(args: string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const setExitCode: SetExitCode = (code) => {
    exitCode = code;
  };
  // Nobody asks a command for its metrics, and on standard output they would stand in its result. A host has its own.
  setMetricSink(() => {});
  const program = createProgram(setExitCode);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // What commander throws it has told already.
    if (!(error instanceof CommanderError)) {
      process.stderr.write(`${plainText(explainAwsError(error) ?? messageOf(error))}\n`);
    }
    return exitCodeOf(error, args[0]);
  }
}

/** All commands with their texts. What they do is loaded when one of them is called: people wait for it. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command('cicd')
    .description('Autonomous CI/CD for teams on GitHub and Linear, on this machine or on AWS.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what there is)');
  const commands = [
    startCommand(),
    analyzeCommand(setExitCode),
    runsCommand(setExitCode),
    agentsCommand(),
    usageCommand(),
    deliveriesCommand(setExitCode),
    schedulesCommand(setExitCode),
    healthCommand(setExitCode),
    doctorCommand(setExitCode),
    webhooksCommand(setExitCode),
    linearCommand(),
    secretsCommand(setExitCode),
    pauseCommand(),
    resumeCommand(),
    uiCommand(),
    uninstallCommand(setExitCode),
  ];
  for (const command of commands) program.addCommand(command);
  inherit(program);
  return program;
}

/** Commander ends the process on wrong use unless every command is told to throw. */
function inherit(program: Command): void {
  program.exitOverride();
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    inherit(command);
  }
}
