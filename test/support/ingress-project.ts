import { testSecret } from './signed-delivery.ts';

/** A project that takes webhooks and does nothing else. */
export const ingressProject = {
  'cicd.config.ts': `export default {
    analyseOnFirstStart: false,
    repositories: [{ name: 'acme/shop', components: { orders: ['orders/**'] } }],
    schedules: { 'autonomous-cicd': { enabled: false }, 'system-health': { enabled: false } },
  };\n`,
  'orders/total.py': 'def total(prices):\n    return sum(prices)\n',
  '.env': `GITHUB_WEBHOOK_SECRET=${testSecret}\nLINEAR_WEBHOOK_SECRET=${testSecret}\n`,
};
