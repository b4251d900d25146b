import { eventLimits } from '../../domain/event-limits.ts';
import { idText, textIn, type JsonObject } from '../../domain/json-fields.ts';

/** Integrations have no name; people who have given none are called by their e-mail address. */
export function loginOf(actor: JsonObject | undefined): string | null {
  const { login: maxLength } = eventLimits;
  const name = textIn(actor, 'name', maxLength) ?? textIn(actor, 'service', maxLength);
  return name === null || name.includes('@') ? idText(actor?.['id']) : name;
}
