import type { ConfiguredComponent } from './decision.ts';

/** What names of components are made of, so that `lib` is not found in `lib-old` or `lib/flows`. */
const word = /[\p{L}\p{N}_./-]+/gu;

/** Whether `name` means the component, by its name alone or with its repository. */
export function isNamed({ component, repository }: ConfiguredComponent, name: string): boolean {
  const wanted = comparable(name);
  return wanted === comparable(component) || wanted === comparable(`${repository}/${component}`);
}

/** The one component that stands in the text as a whole word; undefined for none or several. */
export function findComponentIn(
  text: string,
  components: readonly ConfiguredComponent[],
): ConfiguredComponent | undefined {
  const [first, ...others] = listComponentsIn(text, components);
  return others.length === 0 ? first : undefined;
}

/** All that stand in the text as whole words. */
export function listComponentsIn(
  text: string,
  components: readonly ConfiguredComponent[],
): ConfiguredComponent[] {
  const words = text.match(word) ?? [];
  return components.filter((component) => words.some((candidate) => isNamed(component, candidate)));
}

/** As a person may write them: with the repository where the name alone fits several. */
export function componentNames(components: readonly ConfiguredComponent[]): string[] {
  return components.map(({ component, repository }) => {
    const namesakes = components.filter((other) => other.component === component);
    return namesakes.length === 1 ? component : `${repository}/${component}`;
  });
}

/** Those of the names that may be meant in the text: the end of a name that holds a path may stand for it. */
export function namesIn(text: string, names: readonly string[]): string[] {
  const words = (text.match(word) ?? []).map(comparable);
  return names.filter((name) => {
    const wanted = comparable(name);
    return words.some((candidate) => candidate === wanted || wanted.endsWith(`/${candidate}`));
  });
}

/** `./Lib/` and the end of a sentence, `lib.`, mean `lib`. */
function comparable(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\.\//, '')
    .replace(/[./-]+$/, '');
}
