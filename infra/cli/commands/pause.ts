import { Command } from 'commander';
import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { openSwitches } from '../open-switches.ts';
import { loadSettings, withCommonOptions, type CommonOptions } from '../options.ts';
import { printProgress } from '../output.ts';

export function pauseCommand(): Command {
  return withCommonOptions(
    new Command('pause')
      .description('start no agents by itself until `cicd resume`; health checks go on')
      .action(pause),
  );
}

export function resumeCommand(): Command {
  return withCommonOptions(
    new Command('resume')
      .description('end `cicd pause` and work off what was held back')
      .action(resume),
  );
}

async function pause(options: CommonOptions): Promise<void> {
  const open = await openSwitches(await loadSettings(options));
  try {
    const { since } = await open.pause.pause();
    printProgress(
      `No agents are started since ${formatTime(since)} UTC. Deliveries are kept for later.`,
    );
  } finally {
    await open.close();
  }
}

async function resume(options: CommonOptions): Promise<void> {
  const open = await openSwitches(await loadSettings(options));
  try {
    await open.pause.resume();
    printProgress('Agents are started again.');
  } finally {
    await open.close();
  }
}
