/** Tests, their fixtures and builders: they may be long, reach into privates and are called by a runner. */
export function isTestPath(path: string): boolean {
  return (
    /(^|\/)(tests?|testing|__tests__|__mocks__|spec|e2e|fixtures)\//i.test(path) ||
    /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.pyi?$/.test(path) ||
    /\.(test|spec|e2e|cy)\.[mc]?[jt]sx?$/.test(path)
  );
}

/** A module whose names stand for its whole folder: `__init__.py`, `index.ts`, `mod.ts`. */
export function isFolderEntry(path: string): boolean {
  return /(^|\/)(__init__\.pyi?|(index|mod)\.[mc]?[jt]sx?)$/.test(path);
}

/** Type declarations only: nothing in it runs. */
export function isDeclarationFile(path: string): boolean {
  return /\.(d\.[mc]?ts|pyi)$/.test(path);
}
