import type { FileSyntax } from '../file-syntax.ts';
import { type Loop, loopsAround, readsAny, namesBoundIn } from '../loops.ts';
import { methodOf, receiverOf, type ResolvedCall, resolvedCalls } from '../resolved-calls.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, hitIn } from './check.ts';

const querying = new RegExp(
  `^(?:${alternatives(`
    query execute executeQuery scalar scalars find_one fetchrow fetchval fetch_one fetch_all
    findOne findOneBy findBy findById findByPk findMany findUnique findFirst
    findUniqueOrThrow findFirstOrThrow findOneOrFail`)})$`,
);
const database = new RegExp(
  String.raw`(?:^|[._])(?:${alternatives(`
    db database cursor cur conn connection pool session prisma knex em engine tx trx
    transaction collection client orm sequelize`)})(?:\(\))?$|repo(?:sitory)?$|[a-z]Dao$|model$`,
  'i',
);
const ofPrisma = /(?:^|\.)(?:prisma|tx)\.\w+$/;
const model = /^[A-Z]\w+$/;
const django = /\.objects\.(?:get|filter|create|get_or_create|update_or_create)$/;
/** Going over these is not asking once for each item. */
const batches = /\b(?:range|batch\w*|chunk\w*|page\w*|migrations?|statements?|queries|retries)\b/i;

/** Database queries for each item of a collection: the well-known N + 1. */
export function checkQueryInLoop(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    if (!isQuery(call)) return [];
    const loop = loopsAround(call.node).find(({ iterable }) => iterable !== undefined);
    if (loop === undefined || !asksForItem(syntax, call, loop)) return [];
    const items = loop.iterable?.text.slice(0, 40) ?? '';
    return [
      hitIn(syntax.scopes.around(call.node), {
        rule: 'query-in-loop',
        line: call.node.line,
        message: `\`${call.name}\` asks the database once for each item of \`${items}\`.`,
      }),
    ];
  });
}

function isQuery({ name }: ResolvedCall): boolean {
  if (django.test(name)) return true;
  const receiver = receiverOf(name);
  const method = methodOf(name);
  if (!querying.test(method)) return false;
  const isFinder = method.startsWith('find') && (model.test(receiver) || ofPrisma.test(receiver));
  return isFinder || database.test(receiver);
}

/** The arguments hold something of the item: otherwise it is a retry or a poll. */
function asksForItem({ tree }: FileSyntax, call: ResolvedCall, loop: Loop): boolean {
  if (batches.test(loop.iterable?.text ?? '') || batches.test(loop.item?.text ?? '')) return false;
  const bound = namesBoundIn(loop, tree);
  return call.arguments.some((argument) => readsAny(tree, argument, bound));
}
