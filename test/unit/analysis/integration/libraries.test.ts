import { describe, expect, it } from 'vitest';
import type { ImportFact } from '../../../../lib/analysis/facts.ts';
import { findIntegrationPoints } from '../../../../lib/analysis/integration/find-integration-points.ts';
import { buildFacts, buildImport } from '../../../builders/facts.ts';
import { buildManifest } from '../../../builders/manifest.ts';

/** Library points and graded hits of files by path, among manifests by path. */
function libraries(files: Record<string, ImportFact[]>, manifests: Record<string, unknown> = {}) {
  const { points, hits } = findIntegrationPoints({
    facts: Object.entries(files).map(([path, imports]) => buildFacts(path, { imports })),
    manifests: Object.entries(manifests).map(([path, content]) => buildManifest(path, content)),
  });
  return {
    points: points.filter(({ kind }) => kind === 'library'),
    graded: hits
      .filter(({ rule }) => rule.endsWith('-dependency'))
      .map(({ rule, path, line }) => `${rule} ${path}:${line}`),
  };
}

const yaml = buildImport('yaml', { line: 3 });
const lodash = buildImport('lodash/fp', { line: 2 });

describe('libraries', () => {
  it('are one point each for the whole component, with the declared version', () => {
    const { points } = libraries(
      { 'src/a.ts': [lodash], 'src/b.ts': [buildImport('lodash')] },
      { 'package.json': { dependencies: { lodash: '^4.17.0' } } },
    );
    expect(points).toMatchObject([
      { name: 'lodash', detail: '^4.17.0', path: 'src/a.ts', line: 2, alsoAt: ['src/b.ts:1'] },
    ]);
  });

  it.each([
    [
      'requirements-dev.txt',
      '# tools\n-r other.txt\nPyYAML==6.0.1 ; python_version > "3.8"  # why',
    ],
    ['pyproject.toml', '[project]\ndependencies = ["pyyaml==6.0.1"]'],
    ['pyproject.toml', '[dependency-groups]\ndev = ["pyyaml==6.0.1", {include-group = "x"}]'],
    ['pyproject.toml', '[tool.poetry.group.dev.dependencies]\nPyYAML = { version = "==6.0.1" }'],
    ['Pipfile', '[packages]\npyyaml = "==6.0.1"\n[dev-packages]\n'],
    [
      'setup.cfg',
      '[metadata]\nname = x\n[options]\ninstall_requires =\n    PyYAML==6.0.1\n    six\n',
    ],
    ['setup.py', 'setup(name="x", install_requires=[\n  "PyYAML[c]==6.0.1",\n])'],
  ])('find the version in %s: %s', (path, text) => {
    const { points, graded } = libraries({ 'app/a.py': [yaml] }, { [path]: text });
    expect(points).toMatchObject([{ name: 'yaml', detail: '==6.0.1' }]);
    expect(graded).toEqual([]);
  });
});

describe('undeclared-dependency', () => {
  const declares = { 'requirements.txt': 'flask==3.0' };

  it('stands at the import of what no manifest declares', () => {
    expect(libraries({ 'app/a.py': [yaml] }, declares).graded).toEqual([
      'undeclared-dependency app/a.py:3',
    ]);
    expect(
      libraries({ 'src/a.ts': [lodash] }, { 'package.json': { dependencies: { zod: '4' } } })
        .graded,
    ).toEqual(['undeclared-dependency src/a.ts:2']);
  });

  it('knows packages of the repository, and what a package above declares', () => {
    const manifests = {
      'package.json': { dependencies: { lodash: '4' } },
      'web/package.json': { name: 'web', dependencies: { zod: '4' } },
    };
    const imports = [lodash, buildImport('zod'), buildImport('web/deep')];
    expect(libraries({ 'web/a.ts': imports }, manifests).graded).toEqual([]);
  });

  it.each([
    ['no manifest says anything', {}, yaml, 'app/a.py'],
    ['it is the standard library', declares, buildImport('json'), 'app/a.py'],
    ['every environment has it', declares, buildImport('setuptools'), 'setup.py'],
    ['the import is optional', declares, { ...yaml, deferred: true }, 'app/a.py'],
    ['only types are taken', declares, { ...yaml, kind: 'type-only' as const }, 'app/a.py'],
    ['a test imports it', declares, yaml, 'tests/test_a.py'],
    [
      'setup.py computes its list',
      { ...declares, 'setup.py': 'install_requires=read()' },
      yaml,
      'a.py',
    ],
    ['a manifest cannot be read', { ...declares, 'pyproject.toml': '[broken' }, yaml, 'a.py'],
  ])('is none when %s', (...row) => {
    const [, manifests, statement, path] = row;
    expect(libraries({ [path]: [statement] }, manifests).graded).toEqual([]);
  });
});

describe('unpinned-dependency', () => {
  it.each([
    [{ 'requirements.txt': 'pyyaml' }, 1],
    [{ 'requirements.txt': 'pyyaml>=5' }, 0],
    [{ 'requirements.txt': '-e git+https://example.com/x#egg=pyyaml' }, 0],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npyyaml = "*"' }, 1],
    [
      { 'pyproject.toml': '[tool.poetry.dependencies]\npyyaml = { git = "https://example.com" }' },
      0,
    ],
  ])('of %j: %d', (manifests, count) => {
    const { graded } = libraries({ 'app/a.py': [yaml] }, manifests);
    expect(graded).toHaveLength(count);
  });

  it('stands in the manifest, or at the import when that lies outside the component', () => {
    const manifest = buildManifest('pyproject.toml', '[project]\ndependencies = [\n  "PyYAML",\n]');
    const facts = [buildFacts('app/a.py', { imports: [yaml] })];
    const placesWith = (inComponent: boolean) =>
      findIntegrationPoints({ facts, manifests: [{ ...manifest, inComponent }] })
        .hits.filter(({ rule }) => rule === 'unpinned-dependency')
        .map(({ line, path }) => `${path}:${line}`);
    expect(placesWith(true)).toEqual(['pyproject.toml:3']);
    expect(placesWith(false)).toEqual(['app/a.py:3']);
  });
});
