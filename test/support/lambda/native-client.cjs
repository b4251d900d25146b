/**
 * Stands in for the native part of aws-lambda-ric, which has to be compiled: the same three calls of
 * the Runtime API, over node:http. Loaded before the runtime client by `node --require`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const { Agent, request } = require('node:http');
const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const invocation = '/2018-06-01/runtime/invocation';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

// It steps aside as soon as it is loaded: the function's own modules are loaded as ever.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.endsWith('/rapid-client.node')) return next(specifier, context);
    hooks.deregister();
    return { url: pathToFileURL(__filename).href, format: 'commonjs', shortCircuit: true };
  },
});

/** Ends the lines of an invocation: they come by another way than its answer, maybe later. */
const endOfLines = '\u001E\n';

function post(path, body, headers) {
  process.stdout.write(endOfLines);
  const length = Buffer.byteLength(body);
  const sent = request(
    {
      host,
      port,
      agent,
      method: 'POST',
      path: `${invocation}/${path}`,
      headers: { 'content-type': 'application/json', 'content-length': length, ...headers },
    },
    (response) => response.resume(),
  );
  // Nobody is left to be told: the other side has ended the process.
  sent.on('error', () => {});
  sent.end(body);
}

module.exports = {
  initializeClient() {},
  next: () =>
    new Promise((resolve, reject) => {
      request({ host, port, agent, path: `${invocation}/next` }, (response) => {
        let bodyJson = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (bodyJson += chunk));
        response.on('end', () => resolve({ bodyJson, headers: response.headers }));
      })
        .on('error', reject)
        .end();
    }),
  done: (id, body) => post(`${id}/response`, body),
  error: (id, body, cause) =>
    post(`${id}/error`, body, {
      'lambda-runtime-function-xray-error-cause': encodeURIComponent(cause).slice(0, 1000),
    }),
};
