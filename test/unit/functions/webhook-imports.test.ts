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
