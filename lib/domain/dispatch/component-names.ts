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
  const words = text.match(word) ?? [];
  const [first, ...others] = components.filter((component) =>
    words.some((candidate) => isNamed(component, candidate)),
  );
  return others.length === 0 ? first : undefined;
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
