import type { FileSyntax } from '../file-syntax.ts';
import { valueBehind } from '../local-values.ts';
import { resolvedCalls } from '../resolved-calls.ts';
import { plainString } from '../string-literal.ts';
import { type CheckHit, hitIn } from './check.ts';

const deserialisers = new Set([
  'node-serialize.unserialize',
  'serialize-to-js.deserialize',
  'funcster.deepDeserialize',
  'cryo.parse',
]);
const evaluators = /^vm\.(?:runIn(?:New|This)?Context|Script|compileFunction)$/;

/** Libraries of Node that run code which they find in data. */
export function checkCodeFromData(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const [first] = call.arguments;
    if (first === undefined) return [];
    const { line } = call.node;
    const unit = syntax.scopes.around(call.node);
    if (deserialisers.has(call.name)) {
      const message = `\`${call.name}\` runs functions that its input carries.`;
      return [hitIn(unit, { rule: 'unsafe-deserialisation', line, message })];
    }
    if (!evaluators.test(call.name) || plainString(valueBehind(syntax, first)) !== null) return [];
    const message = `\`${call.name}\` runs text as code, and a context is no sandbox.`;
    return [
      hitIn(unit, { rule: 'eval-use', severity: 'medium', confidence: 'low', line, message }),
    ];
  });
}
