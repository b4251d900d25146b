import type { Language } from './source.ts';

const languageOfEnding: Record<string, Language> = {
  py: 'python',
  pyi: 'python',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
};

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function ending(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The language whose rules judge this file; null for files that are only counted. */
export function languageOf(path: string): Language | null {
  return languageOfEnding[ending(path)] ?? null;
}

/** A word for the table of languages: `python`, else the ending (`yaml`), else the file's name. */
export function languageLabel(path: string): string {
  return languageOf(path) ?? (ending(path) || baseName(path));
}

const vendoredFolders = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'third_party',
  'site-packages',
  '.venv',
  'venv',
  '.tox',
  '.yarn',
]);

/** Other people's code, kept in the tree. */
export function isVendored(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => vendoredFolders.has(folder));
}

const generatedNames = [
  /\.min\.(js|mjs|cjs|css)$/,
  /_pb2(_grpc)?\.pyi?$/,
  /[._]generated\.[^.]+$/,
  /\.pb\.[^.]+$/,
  /-lock\.(json|yaml)$/,
  /^(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Cargo\.lock)$/,
];

const generatedMarkers = [
  /@generated\b/,
  /\bDO NOT (EDIT|MODIFY)\b/,
  /\b(auto-?generated|automatically generated)\b/i,
  /^[\s#/*<!-]*(code |file |this file (is|was) )?generated (by|from|with)\b/im,
];

export function isGeneratedName(path: string): boolean {
  const name = baseName(path);
  return generatedNames.some((pattern) => pattern.test(name));
}

/** How much of a file is looked at for a generator's marker or for lines that no person writes. */
const headLength = 2_000;
const longestHandWrittenLine = 5_000;

/** Generators announce themselves in a comment at the top; bundlers by endless lines. */
export function looksGenerated(text: string): boolean {
  const comments = text
    .slice(0, headLength)
    .split('\n', 15)
    .filter((line) => /^\s*(#|\/\/|\/?\*|<!--|"""|''')/.test(line))
    .join('\n');
  if (generatedMarkers.some((marker) => marker.test(comments))) return true;
  return text.split('\n', 20).some((line) => line.length > longestHandWrittenLine);
}

/** A NUL byte in its first kilobytes: not text. */
export function looksBinary(content: Uint8Array): boolean {
  return content.subarray(0, 8_000).includes(0);
}

const manifestNames = [
  /^package\.json$/,
  /^tsconfig(\..+)?\.json$/,
  /^jsconfig\.json$/,
  /^pyproject\.toml$/,
  /^requirements.*\.txt$/,
  /^setup\.(py|cfg)$/,
  /^Pipfile$/,
];

/** Declares dependencies or how modules are resolved. */
export function isManifest(path: string): boolean {
  const name = baseName(path);
  return manifestNames.some((pattern) => pattern.test(name));
}
