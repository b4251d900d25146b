import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readRegularFile } from './regular-file.ts';

const largestIgnoreFile = 1_000_000;
const mostWildcards = 5;

/** The `.gitignore` of one folder, applied to what lies below it. */
interface FolderRules {
  folder: string;
  rules: Ignore;
}

/** The rules in force at a place: outermost folder first, so that inner files can take back outer ones. */
export type IgnoreRules = readonly FolderRules[];

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Adds the `.gitignore` of `folder`, where it has one. */
export async function withRulesOf(outer: IgnoreRules, folder: string): Promise<IgnoreRules> {
  const content = await readRegularFile(join(folder, '.gitignore'), largestIgnoreFile);
  if (content === null) return outer;
  const patterns = content.toString('utf8').split('\n').filter(isHonoured);
  return [...outer, { folder, rules: ignore().add(patterns) }];
}

/**
 * Patterns become regular expressions: with many wildcards, one match can take minutes. No person writes
 * such a pattern.
 */
function isHonoured(pattern: string): boolean {
  return (pattern.match(/\*+/g)?.length ?? 0) <= mostWildcards;
}

/** @param path absolute */
export function isIgnored(all: IgnoreRules, path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, rules } of all) {
    const below = slashed(relative(folder, path)) + (isFolder ? '/' : '');
    const verdict = rules.test(below);
    if (verdict.ignored) ignored = true;
    if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/**
 * The rules that the folders from the checkout's root down to `source` lay upon it. None when they
 * ignore `source` itself: who asks for an ignored folder by name wants to see it.
 */
export async function rulesAbove(checkoutRoot: string, source: string): Promise<IgnoreRules> {
  const parents: string[] = [];
  for (let at = source; at !== checkoutRoot; at = dirname(at)) parents.unshift(dirname(at));

  let rules: IgnoreRules = [];
  for (const [index, parent] of parents.entries()) {
    rules = await withRulesOf(rules, parent);
    if (isIgnored(rules, parents[index + 1] ?? source, true)) return [];
  }
  return rules;
}
