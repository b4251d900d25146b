import type { FileSyntax } from '../file-syntax.ts';
import { type CheckHit, hitIn } from './check.ts';

const switches = new Map([
  ['rejectUnauthorized', /^false$/],
  ['strictSSL', /^false$/],
  ['checkServerIdentity', /^\(?[\w\s,]*\)?\s*=>\s*(?:undefined|null|\{\s*\})$/],
]);

/** Certificates that TypeScript or JavaScript is told not to look at. */
export function checkDisabledTlsCheck(syntax: FileSyntax): CheckHit[] {
  return syntax.tree.ofTypes(['pair', 'assignment_expression']).flatMap((node) => {
    const target = node.child('key') ?? node.child('left');
    const name = (target?.child('property') ?? target?.child('index') ?? target)?.text ?? '';
    const value = (node.child('value') ?? node.child('right'))?.text ?? '';
    const bare = name.replaceAll(/["']/g, '');
    const off =
      switches.get(bare)?.test(value) === true ||
      (bare === 'NODE_TLS_REJECT_UNAUTHORIZED' && /^["'`]?0["'`]?$/.test(value));
    if (!off) return [];
    return [
      hitIn(syntax.scopes.around(node), {
        rule: 'disabled-tls-check',
        line: node.line,
        message: `\`${bare}\` lets any certificate pass.`,
      }),
    ];
  });
}
