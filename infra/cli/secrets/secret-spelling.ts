import { storedNameOf } from '../../../lib/adapters/aws/secrets/live-values.ts';
import type { SecretName } from '../../../lib/domain/secret-names.ts';
import { WrongUseError } from '../exit-codes.ts';

/** `LINEAR_API_KEY` → `linear-api-key`, as Secrets Manager has it. */
export function kebabName(name: SecretName): string {
  return storedNameOf(name, '');
}

/**
 * @param text either spelling
 * @throws WrongUseError that does not repeat it: a value may stand where the name should
 */
export function parseSecretName<Name extends SecretName>(
  text: string,
  allowed: readonly Name[],
): Name {
  const wanted = text.toUpperCase().replaceAll('-', '_');
  const found = allowed.find((name) => name === wanted);
  if (found !== undefined) return found;
  const names = allowed.map(kebabName).join(', ');
  throw new WrongUseError(`There is no secret of this name here. There are: ${names}.`);
}
