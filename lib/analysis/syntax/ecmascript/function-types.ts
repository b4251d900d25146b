import type { ControlFlow } from '../function-unit.ts';

/** Functions with a body. */
export const functionTypes: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

/** Functions without one: overloads, abstract methods, ambient declarations. */
export const signatureTypes: ReadonlySet<string> = new Set([
  'function_signature',
  'abstract_method_signature',
]);

export const classTypes: ReadonlySet<string> = new Set([
  'class_declaration',
  'abstract_class_declaration',
  'class',
]);

export const controlFlow: ControlFlow = {
  functions: functionTypes,
  decisions: new Set([
    'if_statement',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'switch_case',
    'catch_clause',
    'ternary_expression',
    '&&',
    '||',
  ]),
  levels: new Set([
    'if_statement',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'switch_statement',
    'try_statement',
  ]),
  isException: () => false,
};
