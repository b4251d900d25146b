import { resolve, type Scope } from './intrinsics.ts';
import { namingOf, place, type PhysicalName } from './physical-names.ts';
import { templateSchema, type Resource, type Template } from './template.ts';

/** A template in which everything is called by its name. */
export interface ResolvedTemplate {
  stackName: string;
  resources: readonly Resource[];
  outputs: Readonly<Record<string, string>>;
  /** What `Ref` and the ARN of a resource are. */
  names: (id: string) => PhysicalName;
}

/**
 * Gives names to the resources of a template and works out all that refers to them, as CloudFormation does
 * when it makes the stack.
 *
 * @throws Error for what the harness does not know how to work out
 */
export function resolveTemplate(source: unknown, stackName: string): ResolvedTemplate {
  const template = templateSchema.parse(source);
  const scope = createScope(template, stackName);
  const isWanted = (condition: string | undefined) =>
    condition === undefined || scope.condition(condition);

  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => isWanted(Condition))
    .map(([id, { Properties, Type }]) => ({
      id,
      type: Type,
      properties: propertiesOf(Properties, scope),
    }));
  const outputs = Object.entries(template.Outputs)
    .filter(([, { Condition }]) => isWanted(Condition))
    .map(([name, { Value }]) => [name, String(resolve(Value, scope))] as const);
  return { stackName, resources, outputs: Object.fromEntries(outputs), names: scope.names };
}

interface NamingScope extends Scope {
  names: (id: string) => PhysicalName;
}

function createScope(template: Template, stackName: string): NamingScope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': place.account,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': place.region,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stackName}/${place.stackId}`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const scope: NamingScope = {
    names: (id) => {
      const resource = template.Resources[id];
      if (resource === undefined) throw new Error(`The template has no resource ${id}`);
      const { nameProperty, physical } = namingOf(resource.Type);
      const property = (name: string) => {
        const value = resolve(resource.Properties[name], scope);
        return typeof value === 'string' ? value : undefined;
      };
      const given = nameProperty === undefined ? undefined : property(nameProperty);
      return physical({ id, name: given ?? `${stackName}-${id}`, property });
    },
    ref: (name) =>
      pseudo[name] ??
      template.Parameters[name]?.Default ??
      (template.Resources[name] === undefined ? undefined : scope.names(name).ref),
    attribute: (id, name) => {
      const { arn, attributes } = scope.names(id);
      return attributes?.[name] ?? (name === 'Arn' ? arn : undefined);
    },
    condition: (name) => resolve(template.Conditions[name], scope) === true,
    mapping: (name, key, second) => valueAt(valueAt(template.Mappings[name], key), second),
  };
  return scope;
}

function propertiesOf(source: unknown, scope: Scope): Record<string, unknown> {
  const resolved = resolve(source, scope);
  return typeof resolved === 'object' && resolved !== null ? { ...resolved } : {};
}

function valueAt(record: unknown, key: string): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  return Object.entries(record).find(([name]) => name === key)?.[1];
}
