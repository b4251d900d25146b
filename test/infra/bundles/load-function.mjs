// Loads a handler as the runtime of Lambda does, and says in what time.
import { pathToFileURL } from 'node:url';

const startedAt = performance.now();
const module = await import(pathToFileURL(process.argv[2]).href);
const milliseconds = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ handler: typeof module.handler, milliseconds }));
process.exit();
