import { expect, test } from 'vitest';
import type { StoredOperation } from '../../../infra/local/engine/operation-storage.ts';
import { visibleOperations } from '../../../infra/local/engine/visible-operations.ts';

function operation(Id: string, change: Partial<StoredOperation> = {}): StoredOperation {
  return { Id, Type: 'STEP', Status: 'SUCCEEDED', StartTimestamp: '', ...change };
}

const idsOf = (operations: StoredOperation[]) => visibleOperations(operations).map(({ Id }) => Id);

test('what is inside a finished context is dropped, at every depth', () => {
  expect(
    idsOf([
      operation('map', { Type: 'CONTEXT' }),
      operation('item', { Type: 'CONTEXT', Status: 'STARTED', ParentId: 'map' }),
      operation('step', { ParentId: 'item' }),
      operation('after'),
    ]),
  ).toEqual(['map', 'after']);
});

test('what is inside an open context stays', () => {
  expect(
    idsOf([
      operation('map', { Type: 'CONTEXT', Status: 'STARTED' }),
      operation('step', { ParentId: 'map' }),
    ]),
  ).toEqual(['map', 'step']);
});

test('a context that asks for its children keeps them, not those of finished ones inside', () => {
  expect(
    idsOf([
      operation('map', { Type: 'CONTEXT', ContextDetails: { ReplayChildren: true } }),
      operation('item', { Type: 'CONTEXT', ParentId: 'map' }),
      operation('step', { ParentId: 'item' }),
    ]),
  ).toEqual(['map', 'item']);
});
