import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Category, Topic } from '../../../lib/domain/finding.ts';
import { topicSchema } from '../../../lib/domain/finding.ts';
import type { Defect, Labels, Mark, Place } from '../../support/labels.ts';
import { labelledRepository, loadLabels } from '../../support/labels.ts';

/** Reading a setting is no defect in itself, so the labels have none of this topic. */
const WITHOUT_DEFECTS: Topic[] = ['configuration'];

const CATEGORIES: Record<Category, Topic[]> = {
  'code-quality': [
    'syntax',
    'unused-code',
    'parameters',
    'error-handling',
    'correctness',
    'duplication',
    'performance',
    'security',
    'documentation',
    'complexity',
  ],
  architecture: ['dependencies', 'coupling', 'size', 'interface'],
  integration: ['http-api', 'database', 'file-system', 'network', 'subprocess', 'library'],
};

let labels: Labels;

beforeAll(async () => {
  labels = await loadLabels();
});

function placesOf(label: Defect | Mark): Place[] {
  return 'alsoAt' in label ? [label, ...label.alsoAt] : [label];
}

function overlaps(one: Place, other: Place): boolean {
  const samePath = one.path === other.path;
  return samePath && one.lines[0] <= other.lines[1] && other.lines[0] <= one.lines[1];
}

describe('the labels of the labelled repository', () => {
  test('name at least 60 defects and 30 traps', () => {
    expect(labels.defects.length).toBeGreaterThanOrEqual(60);
    expect(labels.traps.length).toBeGreaterThanOrEqual(30);
  });

  test('have a defect of every topic that can be one', () => {
    const labelled = new Set(labels.defects.map((defect) => defect.topic));
    const missing = topicSchema.options.filter((topic) => !labelled.has(topic));

    expect(missing).toEqual(WITHOUT_DEFECTS);
  });

  test('file each defect under the category of its topic', () => {
    const misfiled = labels.defects.filter(
      ({ category, topic }) => !CATEGORIES[category].includes(topic),
    );

    expect(misfiled).toEqual([]);
  });

  test('point at lines that exist and hold some code', async () => {
    const places = [...labels.defects, ...labels.traps, ...labels.accepted].flatMap(placesOf);
    const texts = new Map<string, string[]>();
    for (const path of new Set(places.map((place) => place.path))) {
      texts.set(path, (await readFile(join(labelledRepository, path), 'utf8')).split('\n'));
    }
    const astray = places.filter(({ path, lines: [from, to] }) => {
      const text = texts.get(path) ?? [];
      return from > to || to >= text.length || text[from - 1]?.trim() === '';
    });

    expect(astray).toEqual([]);
  });

  test('never call the same line a defect and a trap of one topic', () => {
    const contradictions = labels.defects.flatMap((defect) =>
      labels.traps.filter(
        (trap) =>
          (trap.topics.includes('any') || trap.topics.includes(defect.topic)) &&
          placesOf(defect).some((place) => overlaps(place, trap)),
      ),
    );

    expect(contradictions).toEqual([]);
  });

  test('name each defect once', () => {
    const keys = labels.defects.map(({ path, lines, topic }) => `${path}:${lines[0]} ${topic}`);

    expect(new Set(keys).size).toBe(keys.length);
  });
});
