import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startLinearServer, type LinearServer } from '../../support/linear/linear-server.ts';
import { testSecret } from '../../support/signed-delivery.ts';
import { startTestHost, type RunningHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** A team that talks to the app in Linear, and an agent on the machine of the host. */
export interface SessionWorld {
  linear: LinearServer;
  host: RunningHost;
  /** From now on agents answer nothing, until they are let go. */
  holdAgents(): void;
  letAgentsGo(): void;
}

/** What is five minutes old by Linear's clock, no webhook tells any more. */
const behindMs = 300_000;

const agentScript = `
import { existsSync } from 'node:fs';
if (existsSync(process.argv[2])) setTimeout(() => {}, 600_000);
else console.log('Nothing to add.');
`;

/** @param options `withAgents`: default: false, reports hold what is found without */
export async function startSessionWorld({ withAgents = false } = {}): Promise<SessionWorld> {
  const linear = await startLinearServer({
    issues: ['Totals are slow', 'Analyse billing'],
    now: () => Date.now() - behindMs,
  });
  const { clientId, clientSecret } = linear.credentials;
  const folder = folderWith({
    'agent.mjs': agentScript,
    'orders/total.py': 'import os\n\n\ndef total(prices):\n    return sum(prices)\n',
    'billing/invoice.py': 'def invoice(total, rows=[]):\n    return {"total": total}\n',
    '.env': [
      `LINEAR_API_URL=${linear.url}`,
      `LINEAR_CLIENT_ID=${clientId}`,
      `LINEAR_CLIENT_SECRET=${clientSecret}`,
      `LINEAR_WEBHOOK_SECRET=${testSecret}`,
      '',
    ].join('\n'),
  });
  const held = join(folder, 'held');
  const config = {
    analyseOnFirstStart: false,
    agents: {
      provider: withAgents ? 'command' : 'none',
      command: { run: [process.execPath, join(folder, 'agent.mjs'), held] },
      budget: { concurrent: 9, concurrentPerRepository: 9, startsPerMinute: 99, startsPerDay: 99 },
    },
    host: { linkUrl: 'https://cicd.acme.example' },
    repositories: [
      { name: 'acme/shop', components: { orders: ['orders/**'], billing: ['billing/**'] } },
    ],
    schedules: {
      'autonomous-cicd': { everyMinutes: 1_440 },
      'system-health': { enabled: false },
    },
  };
  writeFileSync(join(folder, 'cicd.config.ts'), `export default ${JSON.stringify(config)};\n`);
  return {
    linear,
    host: await startTestHost({ folder }),
    holdAgents: () => writeFileSync(held, ''),
    letAgentsGo: () => rmSync(held),
  };
}

/** The session's activities, as soon as the last one is like that. */
export async function untilSaid(
  { linear }: SessionWorld,
  session: string,
  last: RegExp,
): Promise<string[]> {
  for (;;) {
    const { activities } = linear.session(session);
    if (last.test(activities.at(-1) ?? '')) return activities;
    await delay(20);
  }
}

const agentRunsSchema = z.object({
  agentRuns: z.array(z.object({ component: z.string(), state: z.string() })),
});

/** States of all agent runs, as the host tells them. */
export async function agentRunStates({ host }: SessionWorld): Promise<string[]> {
  const response = await fetch(`${host.url}/api/agent-runs?limit=100`);
  const { agentRuns } = agentRunsSchema.parse(await response.json());
  return agentRuns.map(({ state }) => state);
}
