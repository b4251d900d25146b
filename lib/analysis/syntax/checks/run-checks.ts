import type { Hit } from '../../rule.ts';
import { isTestPath } from '../../test-paths.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { Check } from './check.ts';
import { checkCodeFromData } from './code-from-data.ts';
import { checkCommandInjection } from './command-injection.ts';
import { checkContradictoryDefault } from './contradictory-default.ts';
import { checkDisabledTlsCheck } from './disabled-tls-check.ts';
import { checkFunctionMetrics } from './function-metrics.ts';
import { checkHtmlInjection } from './html-injection.ts';
import { checkIgnoredCallbackError } from './ignored-callback-error.ts';
import { checkJsonClone } from './json-clone.ts';
import { checkMissingDocumentation } from './missing-documentation.ts';
import { checkNestedFind } from './nested-find.ts';
import { checkPathTraversal } from './path-traversal.ts';
import { checkPythonSwallowedError } from './python-swallowed-error.ts';
import { checkQuadraticBuild } from './quadratic-build.ts';
import { checkQueryInLoop } from './query-in-loop.ts';
import { checkRegexInLoop } from './regex-in-loop.ts';
import { checkRequestInLoop } from './request-in-loop.ts';
import { checkSharedDefault } from './shared-default.ts';
import { checkSqlInjection } from './sql-injection.ts';
import { checkStaleDocumentation } from './stale-documentation.ts';
import { checkSwallowedError } from './swallowed-error.ts';
import { checkSyncCallInAsync } from './sync-call-in-async.ts';
import { checkUnreachableCode } from './unreachable-code.ts';
import { checkInsecureRandom, checkWeakHash } from './weak-crypto.ts';

/** Meaningful in tests too; there the rest is deliberate more often than not. */
const everywhere: readonly Check[] = [checkStaleDocumentation, checkContradictoryDefault];

const inProduction: readonly Check[] = [
  checkFunctionMetrics,
  checkMissingDocumentation,
  checkSharedDefault,
  checkQuadraticBuild,
  checkNestedFind,
  checkQueryInLoop,
  checkRequestInLoop,
  checkRegexInLoop,
];

/** What Ruff does not give for Python. */
const pythonEverywhere: readonly Check[] = [checkUnreachableCode];
const pythonInProduction: readonly Check[] = [checkPythonSwallowedError];

/** What oxlint does not give for TypeScript and JavaScript. */
const ecmascriptInProduction: readonly Check[] = [
  checkSwallowedError,
  checkIgnoredCallbackError,
  checkSqlInjection,
  checkCommandInjection,
  checkPathTraversal,
  checkCodeFromData,
  checkWeakHash,
  checkInsecureRandom,
  checkHtmlInjection,
  checkDisabledTlsCheck,
  checkSyncCallInAsync,
  checkJsonClone,
];

/** All hits of the checks in one file, in the order of the checks. */
export function runChecks(syntax: FileSyntax): Hit[] {
  const hits: Hit[] = [];
  for (const check of checksFor(syntax)) {
    for (const hit of check(syntax)) hits.push({ ...hit, path: syntax.file.path });
  }
  return hits;
}

function checksFor({ file }: FileSyntax): readonly Check[] {
  const isPython = file.language === 'python';
  const always = isPython ? [...everywhere, ...pythonEverywhere] : everywhere;
  if (isTestPath(file.path)) return always;
  const own = isPython ? pythonInProduction : ecmascriptInProduction;
  return [...always, ...inProduction, ...own];
}
