import type { Synthesised } from './synthesise.ts';
import { templateSchema, type Template } from './template.ts';

/** The same without some resources: to see what is missed. @throws Error when it has none of them */
export function without(
  synthesised: Synthesised,
  isLeftOut: (resource: Template['Resources'][string]) => boolean,
): Synthesised {
  const { Resources, ...rest } = templateSchema.parse(synthesised.template);
  const kept = Object.entries(Resources).filter(([, resource]) => !isLeftOut(resource));
  if (kept.length === Object.keys(Resources).length) throw new Error('Nothing was left out');
  return { ...synthesised, template: { ...rest, Resources: Object.fromEntries(kept) } };
}
