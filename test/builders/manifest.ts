import type { ManifestFile } from '../../lib/domain/source.ts';

/** A manifest of the component; what is not text becomes JSON. */
export function buildManifest(path: string, content: unknown = ''): ManifestFile {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { path, text, inComponent: true };
}
