import { Command } from 'commander';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { outsideAddressSchema } from '../../../lib/runtime/config-schema.ts';
import { formatCheckLines, hasProblem } from '../doctor/format-lines.ts';
import type { CheckLine } from '../doctor/check-line.ts';
import { exitCodes, WrongUseError, type SetExitCode } from '../exit-codes.ts';
import { openOutside, type OpenOutside } from '../open-outside.ts';
import { loadSettings, withCommonOptions, type CommonOptions } from '../options.ts';
import { formatColumns, print, printJson } from '../output.ts';
import { webhookAddress } from '../../local/webhook-addresses.ts';
import { githubPlaces } from '../webhooks/github-places.ts';
import { registerGithubWebhook, removeGithubWebhook } from '../webhooks/github-webhooks.ts';
import { registerLinearWebhook, removeLinearWebhook } from '../webhooks/linear-webhooks.ts';
import type { WebhookOutcome } from '../webhooks/outcome.ts';
import { ensureWebhookSecret } from '../webhooks/webhook-secret.ts';
import { checkWebhooks } from '../webhooks/check-webhooks.ts';

interface WebhookOptions extends CommonOptions {
  url?: string;
  organization?: string;
  json?: boolean;
}

const description = 'the webhooks of GitHub and Linear that bring events here';

export function webhooksCommand(setExitCode: SetExitCode): Command {
  const webhooks = new Command('webhooks').description(description);
  const add = (name: string, text: string, action: (options: WebhookOptions) => Promise<number>) =>
    webhooks.addCommand(
      withCommonOptions(
        new Command(name)
          .description(text)
          .option('--url <url>', 'where they reach this host (default: host.webhookUrl)')
          .option('--organization <name>', 'one webhook of this GitHub organisation')
          .option('--json', 'as JSON')
          .action(async (options: WebhookOptions) => setExitCode(await action(options))),
      ),
    );
  add('register', 'create or update them: address, events, secret', register);
  add('status', 'look at how they are', status);
  add('remove', 'remove those that point at this host', remove);
  return webhooks;
}

interface Opened {
  config: Config;
  outside: OpenOutside;
  url: string | undefined;
  envFile: string;
}

/** Loads what all three need, and closes it afterwards. */
async function withOutside<Result>(
  options: WebhookOptions,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const settings = await loadSettings(options);
  const { config } = settings.config;
  const url = options.url ?? config.host.webhookUrl;
  if (url !== undefined && !outsideAddressSchema.safeParse(url).success) {
    throw new WrongUseError('--url must be an https:// address (http:// only for localhost).');
  }
  const outside = openOutside(settings);
  try {
    return await work({ config, outside, url, envFile: settings.envFile });
  } finally {
    await outside.close();
  }
}

function requireUrl(url: string | undefined): string {
  if (url !== undefined) return url;
  throw new WrongUseError(
    'Say where the webhooks reach this host: --url https://…, or host.webhookUrl in cicd.config.ts.',
  );
}

async function listPlaces(
  { config, outside }: Opened,
  organisation: string | undefined,
): Promise<ReturnType<typeof githubPlaces>> {
  const { kind } = await outside.github.whoAmI();
  return kind === 'none' ? [] : githubPlaces(config, { kind, organisation });
}

function register(options: WebhookOptions): Promise<number> {
  return withOutside(options, async (opened) => {
    const { envFile, outside } = opened;
    const base = requireUrl(opened.url);
    const outcomes: WebhookOutcome[] = [];
    const places = await listPlaces(opened, options.organization);
    if (places.length > 0) {
      const secret = await ensureWebhookSecret(outside.secrets, 'GITHUB_WEBHOOK_SECRET', envFile);
      const url = webhookAddress(base, 'github');
      for (const place of places) {
        outcomes.push(...(await registerGithubWebhook(outside.github, place, { url, secret })));
      }
    }
    if (await outside.linear.tracker.isConfigured()) {
      const secret = await ensureWebhookSecret(outside.secrets, 'LINEAR_WEBHOOK_SECRET', envFile);
      const url = webhookAddress(base, 'linear');
      outcomes.push(...(await registerLinearWebhook(outside.linear.admin, { url, secret })));
    }
    return tellOutcomes(outcomes, options);
  });
}

function remove(options: WebhookOptions): Promise<number> {
  return withOutside(options, async (opened) => {
    const { outside } = opened;
    const base = requireUrl(opened.url);
    const outcomes: WebhookOutcome[] = [];
    for (const place of await listPlaces(opened, options.organization)) {
      const url = webhookAddress(base, 'github');
      outcomes.push(...(await removeGithubWebhook(outside.github, place, url)));
    }
    if (await outside.linear.tracker.isConfigured()) {
      const url = webhookAddress(base, 'linear');
      outcomes.push(...(await removeLinearWebhook(outside.linear.admin, url)));
    }
    return tellOutcomes(outcomes, options);
  });
}

async function tellOutcomes(
  outcomes: readonly WebhookOutcome[],
  { json }: WebhookOptions,
): Promise<number> {
  if (outcomes.length === 0) {
    throw new WrongUseError(
      'There are no credentials of GitHub or Linear, or no repository OWNER/NAME is configured: cicd doctor says more.',
    );
  }
  const rows = outcomes.map(({ detail, done, place }) => [place, done, detail]);
  await (json === true ? printJson({ webhooks: outcomes }) : print(formatColumns(rows)));
  return outcomes.some(({ done }) => done === 'failed') ? exitCodes.failed : exitCodes.done;
}

function status(options: WebhookOptions): Promise<number> {
  return withOutside(options, async ({ config, outside, url }) => {
    const lines: CheckLine[] = await checkWebhooks(outside, {
      config,
      url,
      organisation: options.organization,
    });
    await (options.json === true ? printJson({ webhooks: lines }) : print(formatCheckLines(lines)));
    return hasProblem(lines) ? exitCodes.failed : exitCodes.done;
  });
}
