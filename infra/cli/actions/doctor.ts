import { checkAgents, judgeBudgets, type AgentSetup } from '../doctor/agent-checks.ts';
import { orFailure, type CheckLine } from '../doctor/check-line.ts';
import { formatCheckLines, hasProblem, noteOnStack, sortByArea } from '../doctor/format-lines.ts';
import { checkGithub } from '../doctor/github-checks.ts';
import { judgeHost, judgeWork } from '../doctor/host-checks.ts';
import { checkLinear } from '../doctor/linear-checks.ts';
import { exitCodes } from '../exit-codes.ts';
import { openOutside } from '../desks/open-outside.ts';
import { openReader, type OpenReader } from '../desks/open-reader.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { print, printJson, printProgress } from '../output.ts';

export interface DoctorOptions extends CommonOptions {
  json?: boolean;
}

const deliveriesLookedAt = 100;

export async function doctor(options: DoctorOptions): Promise<number> {
  const settings = await loadSettings(options);
  const found = await Promise.all([
    checkOutside(settings),
    checkParts(settings),
    checkWork(settings),
  ]);
  const lines = sortByArea(found.flat());
  await (options.json === true ? printJson({ checks: lines }) : print(formatCheckLines(lines)));
  const note = noteOnStack(lines, settings.stack);
  if (note !== undefined) printProgress(note);
  return hasProblem(lines) ? exitCodes.failed : exitCodes.done;
}

async function checkOutside(settings: Settings): Promise<CheckLine[]> {
  const { config } = settings.config;
  const outside = await openOutside(settings);
  const setup = { config, now: Date.now() };
  try {
    const found = await Promise.all([
      checkGithub(outside, setup),
      checkLinear(outside, config),
      checkAgents(outside, agentSetupOf(settings)),
    ]);
    return found.flat();
  } finally {
    await outside.close();
  }
}

function agentSetupOf({ config, environment, stack, variables }: Settings): AgentSetup {
  return { config: config.config, environment, variables: stack === undefined ? variables : {} };
}

/** What only a stack is made of. */
async function checkParts(settings: Settings): Promise<CheckLine[]> {
  if (settings.stack === undefined) return [];
  const { checkStack } = await import('../doctor/stack-checks.ts');
  return checkStack(settings, settings.stack);
}

async function checkWork(settings: Settings): Promise<CheckLine[]> {
  const open = await openReader(settings);
  try {
    const { deliveries } = await open.deliveries.list({ limit: deliveriesLookedAt });
    const isStack = settings.stack !== undefined;
    const facts = {
      isUp: isStack || open.hostUrl !== null,
      schedules: await open.schedules.list(),
      deliveries,
      pausedSince: (await open.pause.get())?.since ?? null,
      now: Date.now(),
    };
    const ofAgents = await checkBudgets(open);
    if (isStack) return [...ofAgents, ...judgeWork(facts, 'Stack')];
    return [...ofAgents, judgeHost(open.hostUrl), ...judgeWork(facts, 'Host')];
  } finally {
    await open.close();
  }
}

/** Where nobody can be asked, a budget says nothing. */
async function checkBudgets({ agents }: Pick<OpenReader, 'agents'>): Promise<CheckLine[]> {
  return orFailure({ area: 'Agents', subject: 'budget' }, async () =>
    (await agents.status()).kind === 'ready' ? judgeBudgets(await agents.budgets()) : [],
  );
}
