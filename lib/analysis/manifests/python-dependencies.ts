import { parse } from 'smol-toml';
import { z } from 'zod';
import type { ManifestFile } from '../../domain/source.ts';

export interface PythonDependencies {
  dependencies: { name: string; version: string }[];
  /** More may be declared than can be read. */
  open: boolean;
}

type Dependency = PythonDependencies['dependencies'][number];

/**
 * Reads requirements*.txt, pyproject.toml, setup.cfg, setup.py or Pipfile; undefined for others.
 */
export function parsePythonManifest({ path, text }: ManifestFile): PythonDependencies | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^requirements.*\.txt$/.test(name)) return parseRequirements(text);
  if (name === 'pyproject.toml') return parsePyproject(text);
  if (name === 'Pipfile') return parsePipfile(text);
  if (name === 'setup.cfg') return parseSetupCfg(text);
  if (name === 'setup.py') return parseSetupPy(text);
  return undefined;
}

/** `requests[security]>=2.31; python_version > "3.8"` → name and `>=2.31`. */
function parseRequirement(line: string): Dependency | undefined {
  const [requirement = ''] = line.split(/\s#|;/);
  const match = /^\s*([A-Za-z\d][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(requirement);
  const [, name, rest = ''] = match ?? [];
  if (name === undefined) return undefined;
  return { name, version: rest.replace(/^\((.*)\)$/, '$1').trim() };
}

function parseRequirements(text: string): PythonDependencies {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split('\n');
  const named = lines
    .filter((line) => !/^\s*(#|-|$)/.test(line))
    .map((line) => line.replace(/\s--hash=.*$/, ''));
  const editable = lines.flatMap((line) => /#egg=([\w.-]+)/.exec(line)?.[1] ?? []);
  return {
    dependencies: [
      ...requirementsOf(named),
      ...editable.map((name) => ({ name, version: 'from its repository' })),
    ],
    open: false,
  };
}

const requirements = z.array(z.string().catch('')).catch([]);
const groups = z.record(z.string(), requirements).catch({});
const poetryTable = z.record(z.string(), z.unknown()).catch({});
const poetryGroup = z.object({ dependencies: poetryTable }).catch({ dependencies: {} });

const pyprojectSchema = z.object({
  project: z
    .object({
      name: z.string().catch(''),
      dependencies: requirements,
      'optional-dependencies': groups,
      dynamic: z.array(z.string()).catch([]),
    })
    .optional()
    .catch(undefined),
  'dependency-groups': groups,
  'build-system': z.object({ requires: requirements }).catch({ requires: [] }),
  tool: z
    .object({
      poetry: z
        .object({
          dependencies: poetryTable,
          'dev-dependencies': poetryTable,
          group: z.record(z.string(), poetryGroup).catch({}),
        })
        .optional()
        .catch(undefined),
      uv: z.object({ 'dev-dependencies': requirements }).optional().catch(undefined),
    })
    .catch({}),
});

function parsePyproject(text: string): PythonDependencies {
  const fields = pyprojectSchema.safeParse(parseToml(text)).data;
  if (!fields) return { dependencies: [], open: true };
  const { project, tool } = fields;
  const lines = [
    ...(project?.dependencies ?? []),
    ...Object.values(project?.['optional-dependencies'] ?? {}).flat(),
    ...Object.values(fields['dependency-groups']).flat(),
    ...fields['build-system'].requires,
    ...(tool.uv?.['dev-dependencies'] ?? []),
  ];
  const poetry = tool.poetry;
  const tables = poetry
    ? [
        poetry.dependencies,
        poetry['dev-dependencies'],
        ...Object.values(poetry.group).map(({ dependencies }) => dependencies),
      ]
    : [];
  return {
    dependencies: [...requirementsOf(lines), ...tables.flatMap(tableDependencies)],
    open: project?.dynamic.includes('dependencies') ?? false,
  };
}

function parsePipfile(text: string): PythonDependencies {
  const schema = z.object({ packages: poetryTable, 'dev-packages': poetryTable });
  const fields = schema.safeParse(parseToml(text)).data;
  if (!fields) return { dependencies: [], open: true };
  const tables = [fields.packages, fields['dev-packages']];
  return { dependencies: tables.flatMap(tableDependencies), open: false };
}

/**
 * `name = "^1.2"` or `name = { version = "^1.2", … }`; one from a path or repository has its
 * version there.
 */
function tableDependencies(table: Record<string, unknown>): Dependency[] {
  const schema = z.object({ version: z.string().catch('from its source') });
  return Object.entries(table)
    .filter(([name]) => name !== 'python')
    .map(([name, value]) => ({
      name,
      version: typeof value === 'string' ? value : (schema.safeParse(value).data?.version ?? ''),
    }));
}

/**
 * Requirement lists of setup.cfg: indented lines below `install_requires =` and the extras'
 * names.
 */
function parseSetupCfg(text: string): PythonDependencies {
  const sections = text.split(/^\[/m);
  const lists = sections.flatMap((section) => {
    const title = section.slice(0, section.indexOf(']'));
    const entries = section.matchAll(/^([\w.-]+)\s*=\s*(.*(?:\n[ \t]+.*|\n(?=[ \t\n]))*)/gm);
    return [...entries]
      .filter(([, key = '']) =>
        title === 'options'
          ? /^(install|tests|setup)_requires$/.test(key)
          : title === 'options.extras_require',
      )
      .map(([, , value = '']) => value);
  });
  const lines = lists.flatMap((list) => list.split('\n'));
  return { dependencies: requirementsOf(lines.filter((line) => !/^\s*#/.test(line))), open: false };
}

/** A list or dictionary in which brackets may stand inside strings: `["requests[security]"]`. */
const listOfStrings = /^(\[(?:[^\]"']|"[^"]*"|'[^']*')*\]|\{(?:[^}"']|"[^"]*"|'[^']*')*\})/;

/** String literals in the lists of `install_requires` and the like; computed ones leave it open. */
function parseSetupPy(text: string): PythonDependencies {
  const keys = /\b(?:install_requires|tests_require|setup_requires|extras_require)\s*[=:]\s*/g;
  let open = false;
  const lines = [...text.matchAll(keys)].flatMap((match) => {
    const value = text.slice(match.index + match[0].length);
    const literal = listOfStrings.exec(value)?.[0];
    if (literal === undefined) open = true;
    return [...(literal ?? '').matchAll(/["']([^"']+)["']/g)].map(([, line = '']) => line);
  });
  return { dependencies: requirementsOf(lines), open };
}

function requirementsOf(lines: readonly string[]): Dependency[] {
  return lines.flatMap((line) => parseRequirement(line) ?? []);
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    // Not ours to judge: what cannot be read declares nothing, and the caller is told so.
    return undefined;
  }
}
