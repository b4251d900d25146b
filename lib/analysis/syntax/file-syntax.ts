import type { DefinitionFact, FileFacts } from '../facts.ts';
import type { SourceFile } from '../../domain/source.ts';
import type { Definition, FunctionScopes } from './function-unit.ts';
import type { ImportBindings } from './import-bindings.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/** The part of the facts that a language reads in its own way. */
type LanguageFacts = Pick<
  FileFacts,
  'documented' | 'imports' | 'exports' | 'identifiers' | 'stringWords' | 'calls' | 'environment'
> & { definitions: DefinitionFact[] };

/** A parsed file with what was read off it: all that a check may look at. */
export interface FileSyntax {
  file: SourceFile;
  tree: SyntaxTree;
  facts: LanguageFacts;
  scopes: FunctionScopes;
  bindings: ImportBindings;
  definitions: readonly Definition[];
}
