import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const specification = loadAwsServiceSpecSync();

type Properties = NonNullable<ReturnType<typeof specificationOf>>['properties'];
type PropertyType = Properties[string]['type'];

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: unknown;
}

export interface Template {
  Parameters?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/**
 * What CloudFormation would refuse in a template, by AWS's own specification of the resources: unknown types and
 * properties, missing ones, values of another type or that are not among the allowed ones, and references to what is
 * not there. What an intrinsic function gives is not known here and passes.
 */
export function checkTemplate(template: Template): string[] {
  const resources = Object.entries(template.Resources).flatMap(([id, resource]) =>
    checkResource(id, resource),
  );
  return [...resources, ...checkReferences(template)];
}

function specificationOf(type: string) {
  return specification.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

function checkResource(id: string, { Properties: properties = {}, Type }: TemplateResource) {
  const resource = specificationOf(Type);
  if (resource === undefined) return [`${id}: ${Type} is no resource`];
  return checkProperties(properties, resource.properties, id);
}

function checkProperties(value: unknown, properties: Properties, path: string): string[] {
  if (!isRecord(value)) return [`${path}: must be an object`];
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  const missing = Object.entries(properties).filter(
    ([name, { required = false }]) => required && value[name] === undefined,
  );
  return [
    ...unknown.map((name) => `${path}.${name}: is no property`),
    ...missing.map(([name]) => `${path}.${name}: is missing`),
    ...Object.entries(properties).flatMap(([name, { type }]) =>
      checkValue(value[name], type, `${path}.${name}`),
    ),
  ];
}

function checkValue(value: unknown, type: PropertyType, path: string): string[] {
  if (value === undefined || isIntrinsic(value)) return [];
  switch (type.type) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return checkScalar(value, type, path);
    case 'array':
      if (!Array.isArray(value)) return [`${path}: must be a list`];
      return value.flatMap((item, index) => checkValue(item, type.element, `${path}[${index}]`));
    case 'map':
      if (!isRecord(value)) return [`${path}: must be an object`];
      return Object.entries(value).flatMap(([name, item]) =>
        checkValue(item, type.element, `${path}.${name}`),
      );
    case 'ref': {
      const { properties } = specification.get('typeDefinition', type.reference);
      return checkProperties(value, properties, path);
    }
    case 'union': {
      const problems = type.types.map((member) => checkValue(value, member, path));
      return problems.some((list) => list.length === 0) ? [] : problems.flat();
    }
    default:
      return [];
  }
}

type Scalar = Extract<PropertyType, { type: 'string' | 'integer' | 'number' | 'boolean' }>;

/** CloudFormation takes a scalar in quotes or without. */
function checkScalar(value: unknown, type: Scalar, path: string): string[] {
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    return [`${path}: must be a ${type.type}`];
  }
  const text = String(value);
  const fits = {
    string: () => true,
    boolean: () => text === 'true' || text === 'false',
    number: () => text !== '' && Number.isFinite(Number(text)),
    integer: () => text !== '' && Number.isInteger(Number(text)),
  };
  if (!fits[type.type]()) return [`${path}: must be a ${type.type}`];
  const allowed = 'allowedValues' in type ? type.allowedValues?.map(String) : undefined;
  if (allowed === undefined || allowed.includes(text)) return [];
  return [`${path}: must be one of ${allowed.join(', ')}`];
}

function checkReferences(template: Template): string[] {
  const names = new Set([
    ...Object.keys(template.Resources),
    ...Object.keys(template.Parameters ?? {}),
  ]);
  const problems: string[] = [];
  visit(template, (value) => {
    const target = referenceOf(value);
    if (target === undefined || target.startsWith('AWS::') || names.has(target)) return;
    problems.push(`${target}: is referred to, but is not there`);
  });
  return problems;
}

/** The resource or parameter that an intrinsic function names. */
function referenceOf(value: Record<string, unknown>): string | undefined {
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  if (typeof ref === 'string') return ref;
  const [resource]: unknown[] = Array.isArray(attribute) ? attribute : [];
  return typeof resource === 'string' ? resource : undefined;
}

/** Calls back for every object in a value, at any depth. */
export function visit(value: unknown, see: (object: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isRecord(value)) {
    see(value);
    for (const item of Object.values(value)) visit(item, see);
  }
}

function isIntrinsic(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
