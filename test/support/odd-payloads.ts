import * as fc from 'fast-check';

/** Texts that are long and take the most bytes a character: as UTF-8, as escapes, by being replaced. */
export const longestTexts = ['\u6f22', '"', '\\', '\u0000', '\ud800', '\u{1f642}'].map((letter) =>
  letter.repeat(10_000),
);

/**
 * Objects that have the fields of real payloads with anything in them, two levels deep.
 * @param outer names of fields of the payload
 * @param inner names of fields of what is in them
 */
export function oddPayloads(
  outer: string[],
  inner: string[],
): fc.Arbitrary<Record<string, unknown>> {
  const values = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.string({ minLength: 30, maxLength: 900, unit: 'binary' }),
    fc.integer(),
  );
  const objects = fc.dictionary(fc.constantFrom(...inner), values);
  return fc.dictionary(
    fc.constantFrom(...outer, ...inner),
    fc.oneof(objects, fc.array(objects, { maxLength: 30 }), values),
  );
}
