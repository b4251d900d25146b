/** A module whose names stand for its whole folder: `__init__.py`, `index.ts`, `mod.ts`. */
export function isFolderEntry(path: string): boolean {
  return /(^|\/)(__init__\.pyi?|(index|mod)\.[mc]?[jt]sx?)$/.test(path);
}

/** Type declarations only: nothing in it runs. */
export function isDeclarationFile(path: string): boolean {
  return /\.(d\.[mc]?ts|pyi)$/.test(path);
}
