import type { Part } from './part.ts';

/** Environment variables that go with no permission. */
export function variables(values: Readonly<Record<string, string>>): Part {
  return {
    bindTo: (target) => {
      for (const [name, value] of Object.entries(values)) target.setVariable(name, value);
    },
  };
}
