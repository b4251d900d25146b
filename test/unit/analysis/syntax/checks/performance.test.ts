import { describe, expect, it } from 'vitest';
import { pythonLines, typescriptLines } from '../reading.ts';

describe('sync-call-in-async', () => {
  it('hits blocking calls of async functions', () => {
    expect(
      typescriptLines(
        'sync-call-in-async',
        "import { readFileSync, existsSync } from 'node:fs';",
        'async function f() {',
        '  readFileSync(a);',
        '  existsSync(a);',
        '}',
        'function g() { readFileSync(a); }',
        'readFileSync(a);',
      ),
    ).toEqual([3]);
  });
});

describe('quadratic-build', () => {
  it('hits accumulators that are copied in every turn', () => {
    expect(
      typescriptLines(
        'quadratic-build',
        'items.reduce((all, item) => [...all, item], []);',
        'items.reduce((all, item) => ({ ...all, [item]: 1 }), {});',
        'items.reduce((all, item) => { return all.concat(item); }, []);',
        'for (const item of items) list = [...list, item];',
        'while (more()) { seen = { ...seen, a: 1 }; }',
      ),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(
      pythonLines(
        'quadratic-build',
        'for x in xs:',
        '    rows = rows + [x]',
        '    frame = pd.concat([frame, x])',
        '    out.insert(0, x)',
        'text = ""',
        'for x in xs:',
        '    text += x',
      ),
    ).toEqual([2, 3, 4, 7]);
  });

  it('accepts what does not grow from turn to turn', () => {
    expect(
      typescriptLines(
        'quadratic-build',
        'items.reduce((sum, item) => sum + item, 0);',
        'items.reduce((all, item) => { all.push(item); return all; }, []);',
        'for (const item of items) list.push(...item.rows);',
        'for (const item of items) { let row = []; row = [...row, item]; }',
        'for (const item of items) item.data = { ...item.data, seen: true };',
        'list = [...list, item];',
        'for (const item of items) { if (item) { list = [...list, item]; break; } break; }',
      ),
    ).toEqual([]);
    expect(
      pythonLines('quadratic-build', 'n = 0', 'for x in xs:', '    n += x', '    a.insert(1, x)'),
    ).toEqual([]);
  });
});

describe('nested-find', () => {
  it('hits a search by the item of the loop', () => {
    expect(
      typescriptLines(
        'nested-find',
        'for (const order of orders) { users.find((user) => user.id === order.userId); }',
        'orders.map((order) => users.filter((user) => user.id === order.userId));',
      ),
    ).toEqual([1, 2]);
    expect(
      pythonLines(
        'nested-find',
        'seen = []',
        'for x in xs:',
        '    if x not in seen:',
        '        seen.append(x)',
      ),
    ).toEqual([3]);
  });

  it("accepts searches in the item's own list, in sets, and for something else", () => {
    expect(
      typescriptLines(
        'nested-find',
        'for (const order of orders) order.lines.find((line) => line.id === order.first);',
        'for (const order of orders) users.find((user) => user.admin);',
        'users.find((user) => user.id === id);',
      ),
    ).toEqual([]);
    expect(
      pythonLines(
        'nested-find',
        'seen = set()',
        'known = []',
        'for x in xs:',
        '    if x in seen: seen.add(x)',
        '    if x in known: y(x)',
      ),
    ).toEqual([]);
  });
});

describe('query-in-loop', () => {
  it('hits one query for each item', () => {
    expect(
      typescriptLines(
        'query-in-loop',
        'for (const user of users) await db.query("select 1", [user.id]);',
        'await Promise.all(ids.map((id) => prisma.post.findMany({ where: { id } })));',
      ),
    ).toEqual([1, 2]);
    expect(
      pythonLines(
        'query-in-loop',
        'for user in users:',
        '    cursor.execute("select 1 where a = %s", (user.id,))',
        '    Order.objects.filter(user=user)',
      ),
    ).toEqual([2, 3]);
  });

  it('hits one request for each item, unless the item is the address', () => {
    expect(
      typescriptLines(
        'query-in-loop',
        'for (const id of ids) await fetch(`https://h/users/${id}`);',
        'for (const target of targets) await fetch(target);',
        'for (const page of pages) await fetch(`https://h/${page}`);',
        'await Promise.all(ids.map((id) => fetch(`https://h/users/${id}`)));',
      ),
    ).toEqual([1]);
    expect(
      pythonLines(
        'query-in-loop',
        'import requests',
        'for user in users:',
        '    requests.get(f"https://h/{user.id}", timeout=3)',
        'for attempt in range(3):',
        '    requests.get(f"https://h/{attempt}", timeout=3)',
      ),
    ).toEqual([3]);
  });

  it('accepts retries, batches, statements and searches in memory', () => {
    expect(
      typescriptLines(
        'query-in-loop',
        'for (const attempt of attempts) await db.query("select 1");',
        'for (const chunk of chunks(ids, 100)) await db.query("select 1", chunk);',
        'for (const user of users) list.find((x) => x === user);',
        'for (const user of users) document.query(user);',
      ),
    ).toEqual([]);
    expect(
      pythonLines('query-in-loop', 'for statement in statements:', '    cur.execute(statement)'),
    ).toEqual([]);
  });
});

describe('regex-in-loop', () => {
  it('hits the same expression compiled again and again', () => {
    expect(pythonLines('regex-in-loop', 'for x in y:', '    re.compile("a+").match(x)')).toEqual([
      2,
    ]);
    expect(
      typescriptLines('regex-in-loop', 'for (const x of y) new RegExp("a+").test(x);'),
    ).toEqual([1]);
  });

  it('accepts one that depends on the item, or is kept', () => {
    expect(
      typescriptLines(
        'regex-in-loop',
        'for (const x of y) new RegExp(x).test(z);',
        'for (const x of y) { if (!kept) kept = new RegExp("a+"); }',
        'const r = new RegExp("a+");',
      ),
    ).toEqual([]);
  });
});

describe('json-clone', () => {
  it('hits a copy by way of JSON only', () => {
    expect(
      typescriptLines(
        'json-clone',
        'const a = JSON.parse(JSON.stringify(b));',
        'const c = JSON.parse(text);',
        'const d = JSON.parse(JSON.stringify(b), reviver);',
      ),
    ).toEqual([1]);
  });
});
