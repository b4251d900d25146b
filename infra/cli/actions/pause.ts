import { formatTime } from '../../../lib/dashboard/run-text.ts';
import { openSwitches } from '../desks/open-switches.ts';
import type { CommonOptions } from '../options.ts';
import { requirePerson } from '../require-person.ts';
import { loadSettings } from '../settings.ts';
import { printProgress } from '../output.ts';
import { runPlace } from '../desks/run-place.ts';

export async function pause(options: CommonOptions): Promise<void> {
  const settings = await loadSettings(options);
  const open = await openSwitches(settings);
  try {
    const { since } = await open.pause.pause();
    const end = `cicd resume${runPlace(settings.stack).option}`;
    printProgress(
      `No coding agent is started, and nothing by deliveries or autonomous-cicd, until ${end} ` +
        `(since ${formatTime(since)} UTC). Deliveries are kept; health checks go on, and so do agent runs that ` +
        'were started before (cicd agents ls --open, cicd agents stop ID).',
    );
  } finally {
    await open.close();
  }
}

export async function resume(options: CommonOptions): Promise<void> {
  requirePerson('Ending a pause');
  const open = await openSwitches(await loadSettings(options));
  try {
    const isPaused = (await open.pause.get()) !== null;
    await open.pause.resume();
    // Also without a pause: whoever ended it may have got no further.
    const when = await open.workOff();
    const ended = isPaused ? 'The pause has ended' : 'There was no pause';
    printProgress(`${ended}. Deliveries held back are worked off ${when}.`);
  } finally {
    await open.close();
  }
}
