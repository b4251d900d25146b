import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { importGraphOf } from '../../support/import-graph.ts';

test('an import of a package is seen', () => {
  const { modules, outside } = importGraphOf('lib/domain/event.ts');
  expect([...outside]).toEqual(['zod']);
  expect([...modules]).toEqual(['lib/domain/event.ts', 'lib/domain/event-limits.ts']);
});

test.each(['functions/github-webhook.ts', 'functions/linear-webhook.ts'])(
  '%s starts with nothing but its signer: a sender waits for it',
  (file) => {
    const { modules, outside } = importGraphOf(file);
    expect([...outside].toSorted()).toEqual(['@smithy/signature-v4', 'node:crypto']);
    expect(modules.size).toBeGreaterThan(25);
    expect(modules.size).toBeLessThan(45);
  },
);

const listPackages = `
  import Module from 'node:module';
  await import('./functions/github-webhook.ts');
  process.stdout.write(Object.keys(Module._cache).join());
`;

test('a host loads no signer', () => {
  const args = ['--input-type=module', '--eval', listPackages];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).not.toContain('signature-v4');
  const environment = {
    ...process.env,
    // Nobody answers there.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_LAMBDA_FUNCTION_NAME: 'github-webhook',
    AWS_REGION: 'eu-west-1',
    CICD_BUS: 'bus',
    CICD_SECRETS_PREFIX: 'stack/',
  };
  const deployed = execFileSync(process.execPath, args, { encoding: 'utf8', env: environment });
  expect(deployed).toContain('signature-v4');
});
