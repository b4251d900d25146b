import { outsideAddressSchema } from '../../../lib/runtime/config-schema.ts';
import { orFailure } from '../doctor/check-line.ts';
import { formatCheckLines, hasProblem, noteOnStack } from '../doctor/format-lines.ts';
import { exitCodes, WrongUseError } from '../exit-codes.ts';
import { openOutside } from '../desks/open-outside.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { formatColumns, print, printJson, printProgress } from '../output.ts';
import {
  registerWebhooks,
  removeWebhooks,
  type WebhookSetup,
} from '../webhooks/change-webhooks.ts';
import { checkGithubWebhooks, checkLinearWebhooks } from '../webhooks/check-webhooks.ts';
import { listMarkedAddresses } from '../webhooks/marked-addresses.ts';
import type { WebhookOutcome } from '../webhooks/outcome.ts';

export interface WebhookOptions extends CommonOptions {
  url?: string;
  organization?: string;
  replace?: boolean;
  json?: boolean;
}

const howToGetAnAddress = (
  port: number,
) => `Say where the webhooks reach this host: --url https://…, or host.webhookUrl in cicd.config.ts.
The host listens on this machine only, so it takes a tunnel to its port, whose https:// address it is:
  cloudflared tunnel --url http://localhost:${port}
  ngrok http ${port}
Without webhooks everything works as well: changes are then found every 15 minutes.`;

interface Opened extends WebhookSetup {
  /** Named by the person. */
  url: string | undefined;
}

/** Loads what all three need, and closes it afterwards. */
async function withOutside<Result>(
  options: WebhookOptions,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const settings = await loadSettings(options);
  const { url } = options;
  if (url !== undefined && !outsideAddressSchema.safeParse(url).success) {
    throw new WrongUseError('--url must be an https:// address (http:// only for localhost).');
  }
  const outside = await openOutside(settings);
  const { config } = settings.config;
  const organisation = options.organization;
  try {
    return await work({ config, organisation, outside, url });
  } finally {
    await outside.close();
  }
}

export function register(options: WebhookOptions): Promise<number> {
  return withOutside(options, async ({ url, ...setup }) => {
    const { webhookUrl } = setup.outside;
    const base = url ?? webhookUrl;
    if (base === undefined) throw await withoutAddress(setup);
    const change = { ...setup, base, replace: options.replace ?? false };
    const exitCode = await tellOutcomes(await registerWebhooks(change), options);
    if (base !== webhookUrl) printProgress(adviceOnAddress(base, options));
    return exitCode;
  });
}

function adviceOnAddress(base: string, { stack }: WebhookOptions): string {
  if (stack !== undefined)
    return `The stack itself is at another address: status needs --url, too.`;
  const setting = `host: { webhookUrl: '${base}' }`;
  return `Write into cicd.config.ts, so that status and doctor look there: ${setting}`;
}

/** Who has registered webhooks before may just have forgotten to say so in the configuration. */
async function withoutAddress(setup: WebhookSetup): Promise<WrongUseError> {
  const known = await listMarkedAddresses(setup);
  const soFar = known.map((base) => `So far the webhooks of this host lead to ${base}.`);
  return new WrongUseError([...soFar, howToGetAnAddress(setup.config.host.port)].join('\n'));
}

export function remove(options: WebhookOptions): Promise<number> {
  return withOutside(options, async ({ url, ...setup }) =>
    tellOutcomes(await removeWebhooks({ ...setup, named: url }), options),
  );
}

async function tellOutcomes(
  outcomes: readonly WebhookOutcome[],
  { json }: WebhookOptions,
): Promise<number> {
  requireSomething(outcomes);
  const rows = outcomes.map(({ detail, done, place }) => [place, done, detail]);
  await (json === true ? printJson({ webhooks: outcomes }) : print(formatColumns(rows)));
  return outcomes.some(({ done }) => done === 'failed') ? exitCodes.failed : exitCodes.done;
}

export function status(options: WebhookOptions): Promise<number> {
  return withOutside(options, async ({ config, organisation, outside, url }) => {
    const base = url ?? outside.webhookUrl;
    const github = { area: 'Webhooks', subject: 'GitHub' } as const;
    const found = await Promise.all([
      orFailure(github, async () => {
        const { kind } = await outside.github.whoAmI();
        return checkGithubWebhooks(outside, { base, config, kind, organisation });
      }),
      checkLinearWebhooks(outside, base),
    ]);
    const lines = found.flat();
    requireSomething(lines);
    await (options.json === true ? printJson({ webhooks: lines }) : print(formatCheckLines(lines)));
    const note = noteOnStack(lines, options.stack);
    if (note !== undefined) printProgress(note);
    return hasProblem(lines) ? exitCodes.failed : exitCodes.done;
  });
}

function requireSomething(found: readonly unknown[]): void {
  if (found.length > 0) return;
  throw new WrongUseError(
    'Neither credentials of Linear are set, nor those of GitHub with a repository that uses them ' +
      '(source, githubReport or analyseOnPush): cicd doctor says more.',
  );
}
