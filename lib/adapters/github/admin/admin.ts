import type { CodeHostAdmin } from '../../../ports/code-host-admin.ts';
import type { GithubAccess } from '../access/access.ts';
import { getRepositoryAccess } from './repository-access.ts';
import {
  createWebhook,
  lastDeliveryOf,
  listWebhooks,
  removeWebhook,
  updateWebhook,
} from './webhooks.ts';
import { whoAmI } from './who-am-i.ts';

/** GitHub as a person sets it up. */
export function createCodeHostAdmin(access: GithubAccess): CodeHostAdmin {
  return {
    whoAmI: () => whoAmI(access),
    getAccess: (repository) => getRepositoryAccess(access, repository),
    listWebhooks: (place) => listWebhooks(access, place),
    createWebhook: (place, webhook) => createWebhook(access, place, webhook),
    updateWebhook: (place, id, webhook) => updateWebhook(access, { place, id }, webhook),
    removeWebhook: (place, id) => removeWebhook(access, place, id),
    getLastDelivery: (place, id) => lastDeliveryOf(access, place, id),
  };
}
