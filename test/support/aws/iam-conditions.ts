import { wildcardMatches } from './wildcards.ts';

type ConditionValue = string | boolean | number;

/** Operator → condition key → values. */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>
>;

/** Condition key → what the request has for it. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

type Comparison = (expected: string, actual: string) => boolean;

const equal: Comparison = (expected, actual) => expected === actual;
const equalIgnoringCase: Comparison = (expected, actual) =>
  expected.toLowerCase() === actual.toLowerCase();

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: equal,
  StringLike: wildcardMatches,
  ArnEquals: wildcardMatches,
  ArnLike: wildcardMatches,
  Bool: equalIgnoringCase,
};

const allValuesPrefix = 'ForAllValues:';

/** All operators and keys have to hold. @throws Error for an operator that is not known */
export function conditionHolds(condition: ConditionBlock, context: RequestContext): boolean {
  return Object.entries(condition).every(([operator, keys]) => {
    const allValues = operator.startsWith(allValuesPrefix);
    const name = allValues ? operator.slice(allValuesPrefix.length) : operator;
    const matches = comparisons[name];
    if (matches === undefined) throw new Error(`The condition ${operator} is not evaluated here`);
    return Object.entries(keys).every(([key, values]) => {
      const actual = [context[key] ?? []].flat();
      const isExpected = (value: string) =>
        [values].flat().some((expected) => matches(String(expected), value));
      // As in AWS: "for all values" also holds for a request that has none.
      return allValues ? actual.every(isExpected) : actual.some(isExpected);
    });
  });
}
