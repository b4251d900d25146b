import { join } from 'node:path/posix';
import type { ManifestFile } from '../../domain/source.ts';
import type { DefinitionFact, FileFacts } from '../facts.ts';
import { isDeclarationFile } from '../modules/file-roles.ts';
import { type PackageJson, targetsOf } from '../manifests/package-json.ts';
import { isTestPath } from '../test-paths.ts';

/** Decorators that only change how a function behaves; any other may hand it to a framework. */
const inertDecorators = new Set([
  'staticmethod',
  'classmethod',
  'property',
  'cached_property',
  'lru_cache',
  'cache',
  'wraps',
  'contextmanager',
  'asynccontextmanager',
  'dataclass',
  'total_ordering',
  'final',
  'unique',
  'deprecated',
  'override',
  'retry',
]);

/** Called or read by a runtime, a framework or a tool, by this very name. */
const calledByName = new Set([
  'main',
  'handler',
  'lambda_handler',
  'constructor',
  // Python: servers, tools and frameworks
  'app',
  'application',
  'create_app',
  'urlpatterns',
  'upgrade',
  'downgrade',
  'revision',
  'down_revision',
  'branch_labels',
  'depends_on',
  'default_app_config',
  'setup',
  'teardown',
  'register',
  'Meta',
  'Config',
  'Media',
  'DoesNotExist',
  // Python: what ctypes, enum, pickle and abc ask a class for
  'from_param',
  '_as_parameter_',
  '_fields_',
  '_missing_',
  '_generate_next_value_',
  'persistent_id',
  'persistent_load',
  'find_class',
  // JavaScript: what the language and frameworks look for
  'toString',
  'toJSON',
  'valueOf',
  'then',
  'inspect',
  'middleware',
  'loader',
  'action',
  'metadata',
  'generateMetadata',
  'generateStaticParams',
  'getServerSideProps',
  'getStaticProps',
  'getStaticPaths',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** How runners and plug-in hosts name the functions that they look for. */
const hookName = /^(test|pytest|on)_|^(setUp|tearDown)/;

/** How visitors, request handlers and custom elements name the methods that they are asked for. */
const dispatchedMethod = /^(visit|depart|do|on|test|ng)(_|[A-Z])|^(setUp|tearDown)|Callback$/;

/** What Python asks of anything that it takes for a file: `print(…, file=x)`, `csv`, `TextIOWrapper`. */
const fileProtocol = new Set(
  `
  close closed detach fileno flush isatty read readable readinto readline readlines seek seekable
  tell truncate writable write writelines`
    .trim()
    .split(/\s+/),
);

/** Files that a tool or a framework loads by their place, and whose names it calls. */
const toolFiles = [
  /(^|\/)(migrations|versions|alembic)\/[^/]+\.py$/,
  /(^|\/)(urls|wsgi|asgi|manage|setup|noxfile|fabfile|gunicorn[\w.]*|sitecustomize)\.py$/,
  /(^|\/)(pages|routes|stories)\/.*\.[mc]?[jt]sx?$/,
  /\.(config|stories|setup)\.[mc]?[jt]sx?$/,
  /(^|\/)(gulpfile|gruntfile|webpack\.[\w.]+)\.[mc]?[jt]s$/i,
];

/** Python files of which a framework reads the variables. */
const settingsFile = /(^|\/)(settings|conf|config)(\/[^/]+)?\.py$|(^|\/)settings\//;

/** Files whose definitions are called from outside whatever the code says. */
export function isEntryFile(path: string): boolean {
  const isTool = toolFiles.some((pattern) => pattern.test(path));
  return isTool || isTestPath(path) || isDeclarationFile(path);
}

/** A variable that stands in a file of settings. */
export function isSetting({ kind }: DefinitionFact, path: string): boolean {
  return kind === 'variable' && settingsFile.test(path);
}

/** A runtime, a framework or a tool may call it without the code naming it. */
export function isEntryPoint(definition: DefinitionFact): boolean {
  const { name, kind, decorators } = definition;
  if (/^_+$|^__\w+__$|^\W/.test(name) || calledByName.has(name)) return true;
  if (kind === 'function' && hookName.test(name)) return true;
  if (kind === 'method' && (dispatchedMethod.test(name) || fileProtocol.has(name))) return true;
  return decorators.some((decorator) => !isInert(decorator));
}

function isInert(decorator: string): boolean {
  return inertDecorators.has(decorator.replace(/\(.*$/s, '').split('.').at(-1) ?? decorator);
}

/**
 * An export that stands elsewhere than its definition was written on purpose: `__all__`, `export
 * { x }`.
 */
export function isListedExport({ name, line }: DefinitionFact, { exports }: FileFacts): boolean {
  return exports.some((one) => (one.local ?? one.name) === name && one.line !== line);
}

/** Functions that Python packaging calls: `name = "package.module:function"`. */
export function pythonEntryNames(manifests: readonly ManifestFile[]): Set<string> {
  const texts = manifests.filter(({ path }) =>
    /(^|\/)(pyproject\.toml|setup\.(cfg|py))$/.test(path),
  );
  return new Set(
    texts.flatMap(({ text }) =>
      [...text.matchAll(/[\w.]+:([A-Za-z_]\w*)/g)].map(([, name = '']) => name),
    ),
  );
}

/**
 * Files that package.json files name as what a package offers or runs, with their likely sources.
 */
export function packageEntries(packages: readonly PackageJson[]): Set<string> {
  const entries = new Set<string>();
  for (const one of packages) {
    const scripts = Object.values(one.scripts).flatMap(
      (script) => script.match(/[\w./-]+\.[mc]?[jt]sx?\b/g) ?? [],
    );
    const named = [one.main, one.module, one.types, ...[one.bin, one.exports].flatMap(targetsOf)];
    for (const target of [...named, ...scripts]) {
      if (target === undefined) continue;
      const place = withoutExtension(join(one.folder, target));
      entries.add(place).add(place.replace(/(^|\/)(dist|build|out|lib)\//, '$1src/'));
    }
  }
  return entries;
}

/** Whether `path` is among `packageEntries`. */
export function isPackageEntry(path: string, entries: ReadonlySet<string>): boolean {
  return entries.has(withoutExtension(path));
}

function withoutExtension(path: string): string {
  return path.replace(/(\.d)?\.[mc]?[jt]sx?$/, '');
}
