import { describe, expect, it } from 'vitest';
import type { DefinitionFact, FileFacts } from '../../../../lib/analysis/facts.ts';
import { resolveImports } from '../../../../lib/analysis/modules/resolve-imports.ts';
import { findUnusedSymbols } from '../../../../lib/analysis/symbols/unused-symbols.ts';
import type { ManifestFile } from '../../../../lib/domain/source.ts';
import { buildDefinition, buildExport, buildFacts, buildImport } from '../../../builders/facts.ts';
import { buildManifest } from '../../../builders/manifest.ts';

function unused(facts: FileFacts[], manifests: ManifestFile[] = [], referencesComplete = true) {
  const resolved = resolveImports(facts, manifests);
  return findUnusedSymbols({ facts, resolved, manifests, referencesComplete });
}

/** Names of what is unused in a Python module with these definitions. */
function unusedIn(definitions: DefinitionFact[], overrides: Partial<FileFacts> = {}) {
  return unused([buildFacts('app/jobs.py', { definitions, ...overrides })]).map((h) => h.symbol);
}

function confidenceOf(name: string, overrides: Partial<FileFacts> = {}) {
  const definitions = [buildDefinition(name)];
  const hits = unused([buildFacts('app/jobs.py', { definitions, ...overrides })]);
  return hits.map(({ confidence }) => confidence);
}

/** `src/jobs.ts` that exports this one name. */
function exported(name: string, kind: DefinitionFact['kind'] = 'function'): FileFacts {
  return buildFacts('src/jobs.ts', {
    definitions: [buildDefinition(name, { kind, exported: true })],
    exports: [buildExport(name)],
  });
}

const load = buildDefinition('load', { line: 4 });
const method = (name: string, overrides: Partial<DefinitionFact> = {}) =>
  buildDefinition(name, {
    kind: 'method',
    qualifiedName: `Job.${name}`,
    topLevel: false,
    ...overrides,
  });
const job = (bases: string[] = []) => buildDefinition('Job', { kind: 'class', bases });
const jobIsUsed = { identifiers: { Job: 1 } };

describe('unused symbols', () => {
  it('reports a function that nothing in the source refers to, at its line', () => {
    expect(unused([buildFacts('app/jobs.py', { definitions: [load] })])).toMatchObject([
      { rule: 'unused-function', path: 'app/jobs.py', line: 4, symbol: 'load' },
    ]);
  });

  it.each([
    ['read in the same file', { identifiers: { load: 1 } }, {}],
    ['read in another file', {}, { identifiers: { load: 1 } }],
    [
      'imported by another name and read',
      {},
      {
        imports: [{ ...buildImport('app.jobs'), names: [{ name: 'load', local: 'l' }] }],
        identifiers: { l: 1 },
      },
    ],
    [
      'spelled where names are looked up',
      {},
      {
        stringWords: ['load'],
        identifiers: { getattr: 1 },
      },
    ],
  ])('takes a function for used when it is %s', (_, own, other) => {
    const facts = [
      buildFacts('app/jobs.py', { definitions: [load], ...own }),
      { ...buildFacts('web/main.py', other), inComponent: false },
    ];
    expect(unused(facts)).toEqual([]);
  });

  it('says so, ungraded, when only tests use a private function', () => {
    const hits = unused([
      buildFacts('app/jobs.py', { definitions: [buildDefinition('_load')] }),
      { ...buildFacts('tests/test_jobs.py', { identifiers: { _load: 2 } }), inComponent: false },
    ]);
    expect(hits).toMatchObject([
      { severity: 'info', message: 'Only tests use the function `_load`.' },
    ]);
  });

  it('says nothing about a file that does not parse', () => {
    const broken = { definitions: [load], syntaxError: { line: 9, message: 'Broken.' } };
    expect(unused([buildFacts('app/jobs.py', broken)])).toEqual([]);
  });

  it('reports classes and variables by rules of their own', () => {
    const limit = buildDefinition('LIMIT', { kind: 'variable' });
    const hits = unused([buildFacts('app/jobs.py', { definitions: [job(), limit] })]);
    expect(hits.map(({ rule }) => rule)).toEqual(['unused-class', 'unused-variable']);
  });

  it('tells an unused class once, without its methods', () => {
    expect(unusedIn([job(), method('run')])).toEqual(['Job']);
  });
});

describe('confidence', () => {
  it('is high for private names, medium for public ones', () => {
    expect(confidenceOf('_load')).toEqual(['high']);
    expect(confidenceOf('load')).toEqual(['medium']);
  });

  it('is low where a string spells the name or the file looks names up', () => {
    expect(confidenceOf('_load', { stringWords: ['_load'] })).toEqual(['low']);
    expect(confidenceOf('_load', { identifiers: { getattr: 1 } })).toEqual(['low']);
  });

  it('is one step lower when not every file could be read', () => {
    const facts = [buildFacts('app/jobs.py', { definitions: [buildDefinition('_load')] })];
    expect(unused(facts, [], false)).toMatchObject([{ confidence: 'medium' }]);
  });

  it('is low for a class whose many unused methods look like an interface for others', () => {
    const methods = ['peek', 'poke', 'push', 'pull'].map((name) => method(name));
    const hits = unused([
      buildFacts('app/jobs.py', { definitions: [job(), ...methods], ...jobIsUsed }),
    ]);
    expect(hits.map(({ confidence }) => confidence)).toEqual(['low', 'low', 'low', 'low']);
  });
});

describe('entry points are never unused', () => {
  it.each([
    buildDefinition('main'),
    buildDefinition('lambda_handler'),
    buildDefinition('__getattr__'),
    buildDefinition('pytest_configure'),
    buildDefinition('list_users', { decorators: ['app.route'] }),
    buildDefinition('send_mail', { decorators: ['shared_task'] }),
    buildDefinition('urlpatterns', { kind: 'variable' }),
  ])('$name ($decorators)', (definition) => {
    expect(unusedIn([definition])).toEqual([]);
  });

  it.each(['tests/helpers.py', 'conftest.py', 'setup.py', 'app/migrations/0001_first.py'])(
    'what stands in %s',
    (path) => {
      expect(unused([buildFacts(path, { definitions: [load] })])).toEqual([]);
    },
  );

  it('variables of settings, functions there excepted', () => {
    const definitions = [load, buildDefinition('DEBUG', { kind: 'variable' })];
    const hits = unused([buildFacts('app/settings.py', { definitions })]);
    expect(hits.map(({ symbol }) => symbol)).toEqual(['load']);
  });

  it('names in __all__, and what __init__.py defines or hands on', () => {
    const listed = { exports: [buildExport('load', { line: 1 })] };
    const definition = buildDefinition('load', { line: 4, exported: true });
    expect(unusedIn([definition], listed)).toEqual([]);
    expect(unused([buildFacts('app/__init__.py', { definitions: [definition] })])).toEqual([]);
    const handing = buildFacts('app/__init__.py', {
      imports: [buildImport('.jobs', { names: ['load'] })],
    });
    expect(unused([handing, buildFacts('app/jobs.py', { definitions: [load] })])).toEqual([]);
  });

  it('public names of a module that its package hands on as a whole', () => {
    const handing = buildFacts('app/__init__.py', {
      imports: [buildImport('.', { names: ['jobs'] })],
    });
    const definitions = [{ ...load, exported: true }, buildDefinition('_prepare')];
    const hits = unused([handing, buildFacts('app/jobs.py', { definitions })]);
    expect(hits.map(({ symbol }) => symbol)).toEqual(['_prepare']);
  });

  it('scripts of pyproject.toml', () => {
    const manifest = buildManifest('pyproject.toml', '[project.scripts]\njobs = "app.jobs:load"');
    const facts = [buildFacts('app/jobs.py', { definitions: [load] })];
    expect(unused(facts, [manifest])).toEqual([]);
  });
});

function constants(names: string[]) {
  return names.map((name) => buildDefinition(name, { kind: 'variable' }));
}

it('constants of a table are left alone, single ones are not', () => {
  const table = ['MSG_OPEN', 'MSG_CLOSE', 'MSG_DATA', 'MSG_EOF', 'MSG_WINDOW'];
  expect(unusedIn(constants(table))).toEqual([]);
  expect(unusedIn(constants(['MSG_OPEN', 'MAX_SIZE', 'RETRIES']))).toHaveLength(3);
});

describe('methods', () => {
  it('are reported when the class and all above it are known', () => {
    const base = buildDefinition('Base', { kind: 'class' });
    const used = { identifiers: { Job: 1, Base: 1 } };
    expect(unusedIn([base, job(['Base']), method('run')], used)).toEqual(['Job.run']);
    expect(unusedIn([job(['ValueError']), method('run')], jobIsUsed)).toEqual(['Job.run']);
  });

  it('are left alone below a class that the source does not have', () => {
    expect(unusedIn([job(['threading.Thread']), method('run')], jobIsUsed)).toEqual([]);
  });

  it('are left alone below a library class that a class of the source shares its name with', () => {
    const other = buildFacts('app/base.py', {
      definitions: [buildDefinition('Thread', { kind: 'class' })],
      identifiers: { Thread: 1, Job: 1 },
    });
    const jobs = buildFacts('app/jobs.py', {
      imports: [buildImport('threading', { names: ['Thread'] })],
      definitions: [job(['Thread']), method('run')],
    });
    expect(unused([other, jobs])).toEqual([]);
  });

  it('are left alone below a class that looks its methods up', () => {
    const base = buildFacts('app/base.py', {
      definitions: [buildDefinition('Base', { kind: 'class' })],
      identifiers: { getattr: 1, Base: 1, Job: 1 },
    });
    const jobs = buildFacts('app/jobs.py', { definitions: [job(['Base']), method('run')] });
    expect(unused([base, jobs])).toEqual([]);
  });

  it('are left alone when they override one of the source', () => {
    const base = buildDefinition('Base', { kind: 'class' });
    const inherited = method('run', { qualifiedName: 'Base.run', stub: true });
    const used = { identifiers: { Job: 1, Base: 1 } };
    expect(unusedIn([base, inherited, job(['Base']), method('run')], used)).toEqual([]);
  });

  it.each(['visit_Call', 'do_GET', 'on_message', 'test_run', 'setUp', 'writelines', 'isatty'])(
    'are left alone when a dispatcher may call them: %s',
    (name) => {
      expect(unusedIn([job(), method(name)], jobIsUsed)).toEqual([]);
    },
  );

  it('are left alone when they are properties, which a template may read', () => {
    const property = method('total', { decorators: ['property'] });
    const hidden = method('_total', { decorators: ['functools.cached_property'] });
    expect(unusedIn([job(), property, hidden], jobIsUsed)).toEqual(['Job._total']);
  });

  it('are left alone when the file joins their names', () => {
    const joining = { identifiers: { Job: 1, getattr: 1 }, stringWords: ['Exec'] };
    expect(unusedIn([job(), method('ExecStamp')], joining)).toEqual([]);
  });

  it('are left alone when there are many in a file that looks names up', () => {
    const methods = ['peek', 'poke', 'push', 'pull'].map((name) => method(name));
    const lookingUp = { identifiers: { Job: 1, getattr: 1 } };
    expect(unusedIn([job(), ...methods], lookingUp)).toEqual([]);
  });

  it('of classes that a package hands on are left alone, private ones excepted', () => {
    const facts = [
      buildFacts('app/__init__.py', { imports: [buildImport('.jobs', { names: ['Job'] })] }),
      buildFacts('app/jobs.py', { definitions: [job(), method('run'), method('_prepare')] }),
    ];
    expect(unused(facts).map(({ symbol }) => symbol)).toEqual(['Job._prepare']);
  });
});

it('classes of Python are left alone below one that may find its subclasses', () => {
  expect(unusedIn([job(['plugins.Plugin'])])).toEqual([]);
});

describe('exports of TypeScript', () => {
  const user = buildFacts('src/main.ts', { imports: [buildImport('./jobs.ts', { names: ['x'] })] });

  it('are reported when nobody takes them', () => {
    expect(unused([exported('load'), user])).toMatchObject([
      { rule: 'unused-function', confidence: 'medium' },
    ]);
    expect(unused([exported('Options', 'type'), user])).toMatchObject([{ rule: 'unused-export' }]);
  });

  it('are reported of classes too, whatever these extend or implement', () => {
    const file = exported('TextSink', 'class');
    const definitions = file.definitions.map((one) => ({
      ...one,
      bases: ['Sink', 'EventEmitter'],
    }));
    const sink = { ...file, definitions };
    expect(unused([sink, user])).toMatchObject([{ rule: 'unused-class', confidence: 'medium' }]);
    const naming = buildFacts('src/app.ts', { identifiers: { TextSink: 1 } });
    expect(unused([sink, user, naming])).toEqual([]);
  });

  it('are left alone in a module that nobody imports: some tool may load it', () => {
    expect(unused([exported('load')])).toEqual([]);
  });

  it('leave what is not exported to the linter', () => {
    expect(unused([buildFacts('src/jobs.ts', { definitions: [load] }), user])).toEqual([]);
  });

  it('are used when a default import gives them another name', () => {
    const file = {
      ...exported('load'),
      exports: [buildExport('default', { local: 'load' })],
    };
    const taking = buildImport('./jobs.ts', { names: ['default'] });
    expect(unused([file, buildFacts('src/main.ts', { imports: [taking] })])).toEqual([]);
    expect(unused([file, user])).toHaveLength(1);
  });

  it.each([
    ['export * from', { names: ['*'], kind: 're-export' as const }],
    ['export { load } from', { names: ['load'], kind: 're-export' as const }],
  ])('are used when a module hands them on by %s', (_, how) => {
    const index = buildFacts('src/index.ts', { imports: [buildImport('./jobs.ts', how)] });
    expect(unused([exported('load'), index])).toEqual([]);
  });

  it('are used when package.json names their file', () => {
    const manifest = buildManifest('package.json', { exports: './dist/jobs.js' });
    expect(unused([exported('load'), user], [manifest])).toEqual([]);
  });
});
