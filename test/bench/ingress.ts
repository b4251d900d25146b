import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import autocannon from 'autocannon';
import { spawnCicd } from '../support/run-cicd.ts';
import { ingressProject } from '../support/ingress-project.ts';
import {
  githubDelivery,
  hmacOf,
  testSecret,
  type SignedDelivery,
} from '../support/signed-delivery.ts';
import { importGraphOf } from '../support/import-graph.ts';
import { importTimes } from './import-time.ts';

const sizes = { '1 KB': 1_000, '20 KB': 20_000, '1 MB': 1_000_000 };
const connections = 10;
const warmUpSeconds = 2;
const seconds = 6;

/**
 * Deliveries a second through a host in a process of its own, each with an id of its own, kept on disk and
 * dispatched. Beside it, as the floor, how often a process that does nothing else can compute the HMAC
 * and parse the JSON of the same body. Then how long the webhook function takes to import.
 */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ingress-bench-'));
  try {
    const host = await startHost(folder);
    try {
      for (const [name, bytes] of Object.entries(sizes)) await benchSize(host.url, name, bytes);
    } finally {
      await host.stop();
    }
    await benchImport(join(folder, 'empty.ts'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSize(url: string, name: string, bytes: number): Promise<void> {
  const delivery = githubDelivery(payloadOf(bytes));
  await shoot(url, delivery, warmUpSeconds);
  const before = floorOf(delivery);
  const { latency, non2xx, requests } = await shoot(url, delivery, seconds);
  const floor = (before + floorOf(delivery)) / 2;
  if (non2xx > 0) throw new Error(`${non2xx} deliveries of ${name} were refused`);
  print(
    `${name}: ${whole(requests.average)} requests/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms; ` +
      `floor ${whole(floor)}/s, ${(floor / requests.average).toFixed(1)} times as much`,
  );
}

function commitOf(index: number): unknown {
  return {
    id: index,
    name: `commit-${index}`,
    url: `https://github.com/acme/shop/commit/${index}`,
    distinct: true,
  };
}

/** A payload of many small objects, as GitHub's are. */
function payloadOf(bytes: number): unknown {
  const payload = {
    action: 'opened',
    issue: { number: 7, html_url: 'https://github.com/acme/shop/issues/7' },
    repository: { full_name: 'acme/shop', default_branch: 'main' },
    sender: { login: 'ada', type: 'User' },
    commits: [],
  };
  const commits: unknown[] = [];
  let size = JSON.stringify(payload).length;
  while (size < bytes) {
    const commit = commitOf(commits.length);
    commits.push(commit);
    size += JSON.stringify(commit).length + 1;
  }
  return { ...payload, commits };
}

let sent = 0;

function shoot(
  url: string,
  { body, headers }: SignedDelivery,
  duration: number,
): Promise<autocannon.Result> {
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    sent += 1;
    return { ...request, headers: { ...headers, 'x-github-delivery': `bench-${sent}` } };
  };
  return autocannon({
    url: `${url}/webhooks/github`,
    method: 'POST',
    body,
    connections,
    duration,
    requests: [{ setupRequest }],
  });
}

/** Times a second that the body can be signed and parsed. */
function floorOf({ body }: SignedDelivery): number {
  const startedAt = performance.now();
  let rounds = 0;
  while (performance.now() - startedAt < 1_000) {
    hmacOf(body, testSecret);
    JSON.parse(body.toString());
    rounds += 1;
  }
  return (rounds / (performance.now() - startedAt)) * 1_000;
}

async function benchImport(emptyModule: string): Promise<void> {
  writeFileSync(emptyModule, 'export {};\n');
  const file = 'functions/github-webhook.ts';
  const [empty, webhook] = await importTimes([emptyModule, file], 15);
  if (empty === undefined || webhook === undefined) return;
  const { modules, outside } = importGraphOf(file);
  print(
    `cold start: ${file} imports in ${webhook.milliseconds.toFixed(1)} ms ` +
      `(an empty module: ${empty.milliseconds.toFixed(1)} ms), ${modules.size} own modules, ` +
      `${[...outside].join(', ')}, ${webhook.nodeModules - empty.nodeModules} modules inside Node`,
  );
}

async function startHost(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  for (const [path, text] of Object.entries(ingressProject)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const child = spawnCicd(['start', '--port', '0', '--config', join(folder, 'cicd.config.ts')]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /http:\/\/localhost:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    void ended.then(() => reject(new Error(`The host did not start:\n${text}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
