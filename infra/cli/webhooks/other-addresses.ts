import type { EventSource } from '../../../lib/domain/event.ts';
import { baseOf } from '../../local/webhook-addresses.ts';

/** A webhook of our kind that leads elsewhere: to an address before this one, or to another installation. */
export interface OtherAddress {
  url: string;
  /** A person has to say which of the two it is. */
  advice: string;
}

/** Nothing that a shell would do anything with. */
const plainAddress = /^https?:\/\/[\w.:/-]+$/;

export function listOtherAddresses(
  urls: readonly string[],
  { own, source }: { source: EventSource; own: string },
): OtherAddress[] {
  return urls.flatMap((url) => {
    const base = baseOf(url, source);
    if (url === own || base === undefined) return [];
    const removal = plainAddress.test(base)
      ? `cicd webhooks remove --url ${base}`
      : 'remove it where it is registered';
    return [{ url, advice: `if that is an old address of yours: ${removal}` }];
  });
}
