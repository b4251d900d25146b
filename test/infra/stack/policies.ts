import { z } from 'zod';
import { visit, type Template } from './synthesise-stack.ts';

/** IAM takes a list or one of its items. */
function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: z.unknown().optional().transform(listOf).pipe(z.string().array().min(1)),
      Resource: z
        .unknown()
        .optional()
        .transform((value) => listOf(value).map(arnText)),
      Condition: z.unknown().optional(),
    }),
  ),
});

export interface Statement {
  /** The part of the system that its policy belongs to: `Dispatcher`. */
  owner: string;
  effect: 'Allow' | 'Deny';
  actions: string[];
  /** ARNs, with `<Name>` for the resources of the template. None where the policy is one of a role's trust. */
  resources: string[];
  condition: unknown;
}

/** Everything that the policies of a template allow and forbid. */
export function statementsOf({ Resources }: Template): Statement[] {
  const found: Statement[] = [];
  for (const [id, { Properties }] of Object.entries(Resources)) {
    visit(Properties, (object) => {
      if (!('Statement' in object)) return;
      for (const statement of policySchema.parse(object).Statement) {
        const { Action: actions, Condition: condition, Effect: effect } = statement;
        found.push({
          owner: ownerOf(id),
          effect,
          actions,
          resources: statement.Resource,
          condition,
        });
      }
    });
  }
  return found;
}

/** `Dispatcher` of `DispatcherRoleDefaultPolicy1A2B3C4D`. */
function ownerOf(id: string): string {
  return id.replace(/(Role|OnItself|DeadLetters|Topic|Bucket).*$/, '');
}

const intrinsicSchema = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref: id }) => `<${nameOf(id)}>`),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform(({ 'Fn::GetAtt': [id] }) => `<${nameOf(id)}>`),
  z
    .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })
    .transform(({ 'Fn::Join': [, parts] }) => parts.map(arnText).join('')),
]);

function arnText(value: unknown): string {
  return intrinsicSchema.parse(value);
}

/** Without the digest that the CDK puts behind it. */
function nameOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}
