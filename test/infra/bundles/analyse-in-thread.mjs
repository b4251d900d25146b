// Starts the thread of a bundled component-analysis and has one analysis done there, task by task.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const [module, runId, input] = process.argv.slice(2);
const thread = new Worker(pathToFileURL(module));
thread.on('error', (error) => {
  throw error;
});

let lastId = 0;
async function ask(name, request) {
  const id = ++lastId;
  const { promise, reject, resolve } = Promise.withResolvers();
  thread.on('message', (message) => {
    if (message.id !== id) return;
    if (message.kind === 'line') process.stdout.write(`${JSON.stringify(message)}\n`);
    if (message.kind === 'done') resolve(message.result);
    if (message.kind === 'failed') reject(new Error(message.error.message));
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  thread.postMessage({ id, name, request });
  return promise;
}

const run = { runId, input: JSON.parse(input) };
const files = await ask('getComponentFiles', run);
const quality = await ask('analyseCodeQuality', { ...run, files });
const facts = { ...run, files, quality };
const architecture = await ask('analyseArchitecture', facts);
const integration = await ask('analyseIntegrationPoints', facts);
const analysed = { ...facts, architecture, integration };

// An agent that answers with the head of its prompt, in JSON with a comma too many.
const analysis = 'code-quality';
const rules = { instructions: null, mayChangeCode: false, before: null };
const prompt = await ask('writePrompt', { ...analysed, ...rules, analysis });
const text = `{"summary": ${JSON.stringify(prompt.split('\n', 1)[0])},}`;
const { answer } = await ask('readAgentAnswer', { ...run, files, analysis, text });
const agent = { provider: 'codegen', agentRunId: null, url: null, pullRequests: [] };
const end = { ...agent, analysis, outcome: 'answered', attempts: 1, minutes: 1, problem: null };

await ask('report', { ...analysed, agents: [{ end, answer }] });
process.exit();
