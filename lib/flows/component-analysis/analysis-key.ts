import { createHash } from 'node:crypto';
import type { Source } from '../../domain/source.ts';

export interface AnalysedComponent {
  repository: string;
  component: string;
  source: Source;
}

/** 32 hex digits for one component of one source: what makes two reports comparable. */
export function analysisKey({ component, repository, source }: AnalysedComponent): string {
  const identity = JSON.stringify([repository, component, ...placeOf(source)]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** A branch is compared with itself only; GitHub takes a name in any case for the same repository. */
function placeOf(source: Source): (string | null)[] {
  if (source.kind === 'folder') return [source.path];
  return ['github', source.repository.toLowerCase(), source.ref];
}
