import { describe, expect, it } from 'vitest';
import { pythonLines, readTypescript, typescriptLines } from '../reading.ts';

function answering(tried: string): string {
  return `function f() { try { g(); ${tried} } catch { return false; } }`;
}

function severityIn(text: string): string | undefined {
  return readTypescript(text).hits.find(({ rule }) => rule === 'swallowed-error')?.severity;
}

describe('swallowed-error in TypeScript', () => {
  it('takes an answer of yes or no lightly', () => {
    expect(severityIn(answering('return true;'))).toBe('info');
    expect(severityIn(answering('return h();'))).toBe('low');
  });

  it('leaves out functions whose name says that they do not fail', () => {
    const body = '(a) { try { a.b(); c(); } catch {} }';

    expect(typescriptLines('swallowed-error', `function safeRun${body}`)).toEqual([]);
    expect(typescriptLines('swallowed-error', `function safetyRun${body}`)).toEqual([1]);
  });

  it('hits a handler that drops what was thrown', () => {
    expect(
      typescriptLines(
        'swallowed-error',
        'try { save(); } catch (e) {}',
        'try { save(); } catch { return; }',
        'save().catch(() => {});',
        'save().then(a).catch(() => null);',
      ),
    ).toEqual([1, 2, 3, 4]);
  });

  it('accepts handlers that do something, and those that explain themselves', () => {
    expect(
      typescriptLines(
        'swallowed-error',
        'try { save(); } catch (e) { log(e); }',
        'try { save(); } catch { failed = true; }',
        'try { save(); } catch { throw new Error("x"); }',
        'try { save(); } catch { /* the file may be gone */ }',
        'save().catch((error) => report(error));',
        'save().catch(() => { /* best effort */ });',
        'socket.close().catch(() => {});',
        'pending.catch(() => {});',
      ),
    ).toEqual([]);
  });

  it('takes silence for worse than a default, and a probe for neither', () => {
    expect(severityIn('try { save(); } catch {}')).toBe('medium');
    expect(severityIn('function f() { try { save(); } catch { return null; } }')).toBe('low');
    expect(
      severityIn('function f() { try { return JSON.parse(a); } catch { return undefined; } }'),
    ).toBe('info');
  });
});

describe('swallowed-error of callbacks', () => {
  it('hits one that never looks at its error', () => {
    expect(
      typescriptLines(
        'swallowed-error',
        'readFile(path, (err, data) => use(data));',
        'readFile(path, function (error, data) { use(data); });',
        'readFile(path, (err, data) => (err ? fail(err) : use(data)));',
        'readFile(path, (err, data) => {});',
        'list.sort((a, b) => a - b);',
        'on("error", (err) => stop());',
      ),
    ).toEqual([1, 2]);
  });
});

function attempt(statements: number): string {
  return `function f() { try { ${'step();'.repeat(statements)} } catch { return []; } }`;
}

describe('broad-except in TypeScript', () => {
  it('hits many statements that share one default', () => {
    expect(typescriptLines('broad-except', attempt(5))).toEqual([1]);
    expect(typescriptLines('broad-except', attempt(4))).toEqual([]);
  });
});

describe('swallowed-error in Python', () => {
  it('hits named errors of other systems, and lost writes', () => {
    expect(
      pythonLines(
        'swallowed-error',
        'try:',
        '    send(x)',
        'except requests.ConnectionError:',
        '    pass',
        'for x in y:',
        '    try:',
        '        fh.write(x)',
        '    except OSError:',
        '        continue',
      ),
    ).toEqual([3, 8]);
  });

  it('hits suppress(Exception)', () => {
    expect(
      pythonLines(
        'swallowed-error',
        'from contextlib import suppress',
        'with suppress(Exception):',
        '    send(x)',
        'with suppress(FileNotFoundError):',
        '    send(x)',
      ),
    ).toEqual([2]);
  });

  it('leaves what Ruff reports, what is expected and what is explained', () => {
    expect(
      pythonLines(
        'swallowed-error',
        'try: a()',
        'except Exception: pass',
        'try: b[1]',
        'except KeyError: pass',
        'try: open(p).read()',
        'except OSError: pass',
        'try: sock.close()',
        'except ConnectionError: pass',
        'try: send(x)',
        'except ConnectionError:',
        '    pass  # the peer may be gone',
        'try: send(x)',
        'except ConnectionError as e: log(e)',
      ),
    ).toEqual([]);
  });
});
