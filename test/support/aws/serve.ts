import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { parseArgs } from 'node:util';
import { listenOnLoopback } from '../loopback.ts';
import { startAwsServer } from './aws-server.ts';

/**
 * The AWS server on its own, for trying a command by hand: prints what has to be in the environment.
 * Ends with Ctrl-C.
 */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });

const tables = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
const objects = await buildApp({ logger: false }).listen({ port: 0, host: '127.0.0.1' });
const server = await startAwsServer({
  port: Number(values.port),
  backends: {
    dynamodb: `http://127.0.0.1:${await listenOnLoopback(tables)}`,
    s3: objects,
    sqs: objects,
  },
});
for (const [name, value] of Object.entries(server.environment)) {
  process.stdout.write(`export ${name}=${value}\n`);
}
