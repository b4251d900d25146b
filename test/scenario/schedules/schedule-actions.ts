import * as fc from 'fast-check';
import { minute, type Death } from './schedule-world.ts';

/** What may happen to a schedule. */
export type Action =
  | { kind: 'time passes'; milliseconds: number }
  | { kind: 'clock is set'; milliseconds: number }
  | { kind: 'restart' }
  | { kind: 'death'; death: Death }
  | { kind: 'pause' | 'resume' | 'pause agents' | 'resume agents' }
  | { kind: 'runs are long'; long: boolean }
  | { kind: 'runs end' }
  | { kind: 'run by hand' };

const minutes = (min: number, max: number) => fc.integer({ min: min * minute, max: max * minute });
const always = <Kind extends string>(...kinds: Kind[]) =>
  fc.constantFrom(...kinds.map((kind) => ({ kind })));

export const actionArbitrary: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('time passes' as const),
      milliseconds: fc.oneof(minutes(0, 3), minutes(0, 16), minutes(0, 120)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('clock is set' as const),
      milliseconds: fc.oneof(minutes(-20, 20), minutes(-300, 300)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('death' as const),
      death: fc.constantFrom<Death>('before the run is started', 'after the run was started'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('runs are long' as const), long: fc.boolean() }),
  },
  { weight: 3, arbitrary: always('runs end', 'restart', 'run by hand') },
  { weight: 4, arbitrary: always('pause', 'resume') },
  { weight: 4, arbitrary: always('pause agents', 'resume agents') },
);
