import { describe, expect, test } from 'vitest';
import { knownPlaces } from '../../../../../lib/domain/agents/answers/known-places.ts';
import { readFindings } from '../../../../../lib/domain/agents/answers/read-findings.ts';
import { writtenFinding } from '../../../../builders/agent-answers.ts';

const places = knownPlaces([
  { path: 'orders/payment.py', lines: 95 },
  { path: 'payment.py', lines: 5 },
  { path: 'orders/odd:12', lines: 2 },
  { path: 'orders/empty.py', lines: 0 },
]);
const read = (...written: unknown[]) => readFindings(written, places);
const readOne = (overrides: object) => read(writtenFinding(overrides)).findings.at(0);
const placeOf = (place: object) => {
  const finding = readOne({ line: null, ...place });
  return finding === undefined ? null : `${finding.path}:${finding.line}`;
};

describe('the place of a finding', () => {
  test.for([
    [{ path: 'orders/payment.py', line: 31 }, 'orders/payment.py:31'],
    [{ path: 'orders/payment.py' }, 'orders/payment.py:null'],
    [{ path: 'orders/payment.py', line: '31' }, 'orders/payment.py:31'],
    [{ path: 'orders/payment.py', line: 'L31-L40' }, 'orders/payment.py:31'],
    [{ path: 'orders/payment.py', line: 'n/a' }, 'orders/payment.py:null'],
    [{ path: ' ./orders/payment.py ', line: 1 }, 'orders/payment.py:1'],
    [{ path: 'orders\\payment.py', line: 95 }, 'orders/payment.py:95'],
    [{ path: 'orders/payment.py:31' }, 'orders/payment.py:31'],
    [{ path: 'orders/payment.py:31:5', line: 32 }, 'orders/payment.py:32'],
    [{ path: 'orders/payment.py#L31-L33' }, 'orders/payment.py:31'],
    [{ path: '/workspace/shop/orders/payment.py', line: 31 }, 'orders/payment.py:31'],
    [{ path: 'C:\\clones\\shop\\orders\\payment.py', line: 31 }, 'orders/payment.py:31'],
    [{ path: 'orders/odd:12', line: 2 }, 'orders/odd:12:2'],
    [{ path: undefined, file: 'orders/payment.py' }, 'orders/payment.py:null'],
    [{ path: 'orders/empty.py' }, 'orders/empty.py:null'],
  ] as const)('is found: %j', ([place, found]) => {
    expect(placeOf(place)).toBe(found);
  });

  test.for([
    { path: 'orders/payments.py' },
    { path: 'other/payment.py', line: 1 },
    { path: '../orders/payment.py', line: 1 },
    { path: 'orders/payment.py', line: 96 },
    { path: 'orders/payment.py', line: 0 },
    { path: 'orders/payment.py', line: -1 },
    { path: 'orders/payment.py', line: 1.5 },
    { path: 'orders/payment.py:96' },
    { path: 'orders/empty.py', line: 1 },
    { path: '' },
    { path: 7 },
    { path: 'constructor' },
  ])('is not made up: %j is dropped and counted', (place) => {
    expect(read(writtenFinding({ line: null, ...place }))).toEqual({
      findings: [],
      dropped: 1,
      beyond: 0,
    });
  });
});

describe('what a finding says', () => {
  test('is its title, or what stands for it', () => {
    expect(readOne({ title: '', detail: 'Short.' })).toMatchObject({ title: 'Short.', detail: '' });
    const long = `${'word '.repeat(60)}.`;
    expect(readOne({ title: null, detail: long })).toMatchObject({ detail: long });
    expect(readOne({ title: undefined, message: 'Told.' })).toMatchObject({ title: 'Told.' });
    expect(read(writtenFinding({ title: ' ', detail: 7 }))).toMatchObject({ dropped: 1 });
  });

  test('is cut, and shows no control characters', () => {
    const finding = readOne({
      title: `Red\u001b[31m\nalert ${'x'.repeat(1_000_000)}`,
      detail: `a\r\nb\n\n\n\nc\u202e\ud800 ${'y'.repeat(1_000_000)}`,
    });
    expect(finding?.title).toMatch(/^Red\ufffd\[31m ⏎ alert x+…$/);
    expect(finding?.title).toHaveLength(200);
    expect(finding?.detail.slice(0, 8)).toBe('a\nb\n\nc\ufffd\ufffd');
    expect(finding?.detail).toHaveLength(2_000);
  });

  test.for([
    ['critical', 'critical'],
    [' HIGH ', 'high'],
    ['Major', 'high'],
    ['warning', 'medium'],
    ['minor', 'low'],
    ['note', 'info'],
    ['whatever', 'medium'],
    ['constructor', 'medium'],
    [undefined, 'medium'],
    [3, 'medium'],
  ] as const)('has a severity of ours: %s', ([severity, ours]) => {
    expect(readOne({ severity })?.severity).toBe(ours);
  });

  test('has a topic of ours, or none', () => {
    expect(readOne({ topic: 'Error handling' })?.topic).toBe('error-handling');
    expect(readOne({ topic: 'patterns' })?.topic).toBeNull();
    expect(readOne({ topic: undefined })?.topic).toBeNull();
  });
});

test('what is no finding is dropped and counted, and the others stay', () => {
  const { dropped, findings } = read(null, 'a', 7, [], {}, writtenFinding());
  expect(dropped).toBe(5);
  expect(findings).toHaveLength(1);
});

test('the same said twice counts once', () => {
  expect(read(writtenFinding(), writtenFinding()).findings).toHaveLength(1);
});

test('keeps fifty, the most serious, and counts the others', () => {
  const low = Array.from({ length: 60 }, (_, index) =>
    writtenFinding({ severity: 'low', title: `Low ${index}` }),
  );
  const { beyond, findings } = read(...low, writtenFinding({ severity: 'critical' }));
  expect(findings).toHaveLength(50);
  expect(findings[0]?.severity).toBe('critical');
  expect(beyond).toBe(11);
});
