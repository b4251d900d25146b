import type { Finding } from '../../lib/domain/finding.ts';

/** A finding whose fields matter only where a test names them. */
export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    category: 'code-quality',
    topic: 'unused-code',
    rule: 'unused-import',
    severity: 'low',
    confidence: 'high',
    path: 'lib/a.ts',
    line: 1,
    message: '`os` is imported and never used.',
    fingerprint: '0000000000000000',
    ...overrides,
  };
}
