/** What intrinsic functions refer to. */
export interface Scope {
  /** Of a resource, parameter or pseudo parameter; undefined for one that is not there. */
  ref(name: string): unknown;
  attribute(resource: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(name: string, key: string, second: string): unknown;
}

type Evaluate = (argument: unknown, scope: Scope) => unknown;

/** Takes the property away that it is the value of. */
const noValue = Symbol('AWS::NoValue');

const functions: Readonly<Record<string, Evaluate>> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? noValue : known(scope.ref(text(name)), name)),
  'Fn::GetAtt': (path, scope) => {
    const [resource, ...attribute] = Array.isArray(path) ? path : text(path).split('.');
    return known(scope.attribute(text(resource), attribute.map(text).join('.')), path);
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts, scope)).map(text).join(text(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = list(argument);
    return known(list(resolve(values, scope))[Number(resolve(index, scope))], argument);
  },
  'Fn::Split': (argument, scope) => {
    const [separator, value] = list(argument);
    return text(resolve(value, scope)).split(text(separator));
  },
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = list(argument);
    return resolve(scope.condition(text(condition)) ? then : otherwise, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [name, key, second] = list(argument).map((part) => text(resolve(part, scope)));
    return known(scope.mapping(text(name), text(key), text(second)), argument);
  },
  'Fn::ImportValue': unsupported,
  'Fn::GetAZs': unsupported,
  'Fn::Base64': (value, scope) => Buffer.from(text(resolve(value, scope))).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument).map((side) => resolve(side, scope));
    return left === right;
  },
  'Fn::And': (all, scope) => list(all).every((one) => resolve(one, scope) === true),
  'Fn::Or': (all, scope) => list(all).some((one) => resolve(one, scope) === true),
  'Fn::Not': (argument, scope) => resolve(list(argument)[0], scope) !== true,
  Condition: (name, scope) => scope.condition(text(name)),
};

/**
 * Works out the intrinsic functions in a value of a template.
 *
 * @throws Error for a function that is not known here, or a name that nothing in the scope has
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    const evaluate = isIntrinsic(name, argument) ? functions[name] : undefined;
    if (evaluate !== undefined) return evaluate(argument, scope);
  }
  return Object.fromEntries(
    entries
      .map(([name, item]) => [name, resolve(item, scope)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

/** `Condition` is a property of policy statements as well, where it is no text. */
function isIntrinsic(name: string, argument: unknown): boolean {
  if (name.startsWith('Fn::') && functions[name] === undefined) return unsupported(name);
  return name !== 'Condition' || typeof argument === 'string';
}

/** `${Bucket}` is a Ref, `${Bucket.Arn}` an attribute, `${!Literal}` is left as it stands. */
function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = resolve(variables, scope);
  return text(template).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (typeof own === 'object' && own !== null && name in own) {
      return text(Object.entries(own).find(([key]) => key === name)?.[1]);
    }
    const [resource = '', ...attribute] = name.split('.');
    const value =
      attribute.length === 0 ? scope.ref(name) : scope.attribute(resource, attribute.join('.'));
    return text(known(value, name));
  });
}

function known(value: unknown, name: unknown): unknown {
  if (value === undefined) throw new Error(`Nothing is known of ${JSON.stringify(name)}`);
  return value;
}

function unsupported(name: unknown): never {
  throw new Error(`The harness does not know ${JSON.stringify(name)}`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`This is no text: ${JSON.stringify(value)}`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`This is no list: ${JSON.stringify(value)}`);
}
