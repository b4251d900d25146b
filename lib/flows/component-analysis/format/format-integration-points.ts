import type { IntegrationPoint, Report } from '../../../domain/report.ts';
import { code, plural, table } from './markdown-text.ts';

const titles: readonly (readonly [IntegrationPoint['kind'], string])[] = [
  ['http-api', 'HTTP APIs'],
  ['database', 'Databases'],
  ['network', 'Network'],
  ['subprocess', 'Subprocesses'],
  ['file-system', 'File system'],
  ['configuration', 'Environment and configuration'],
  ['library', 'Third-party libraries'],
];

const rowsShown = 20;

/** Everything outside that the component touches, a table a kind. */
export function formatIntegrationPoints({ integrationPoints }: Report): string {
  const sections = titles.flatMap(([kind, title]) => {
    const points = integrationPoints.filter((point) => point.kind === kind);
    return points.length === 0 ? [] : [formatKind(title, points)];
  });
  if (sections.length === 0) return '';
  return ['## Integration points', ...sections].join('\n\n');
}

interface Row {
  name: string;
  detail: string | null;
  places: string[];
  points: IntegrationPoint[];
}

/** The same call in several files is one row. */
function joinRows(points: readonly IntegrationPoint[]): Row[] {
  const groups = Map.groupBy(points, ({ detail, name }) => JSON.stringify([name, detail]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = group.flatMap(({ alsoAt, line, path }) => [`${path}:${line}`, ...alsoAt]);
    return [{ name: first.name, detail: first.detail, places, points: group }];
  });
}

function formatKind(title: string, points: readonly IntegrationPoint[]): string {
  const joined = joinRows(points);
  const rows = joined
    .slice(0, rowsShown)
    .map(({ detail, name, places, points: group }) => [
      code(name),
      detail === null ? '' : code(detail),
      places.length,
      code(places[0] ?? ''),
      formatHandling(group),
    ]);
  const hidden = joined.length - rows.length;
  const more = hidden > 0 ? `\n\nand ${plural(hidden, 'more', 'more')}.` : '';
  const head = ['Name', 'Detail', 'Places', 'First at', 'When it fails'];
  return `### ${title}\n\n${table(head, rows)}${more}`;
}

function formatHandling(points: readonly IntegrationPoint[]): string {
  const of = (handling: IntegrationPoint['errorHandling']) =>
    points.filter(({ errorHandling }) => errorHandling === handling).length;
  const parts = [
    of('handled') > 0 ? 'handled' : '',
    of('swallowed') > 0 ? 'swallowed' : '',
    of('none') > 0 ? 'left to the caller' : '',
    points.some(({ timeout }) => timeout === false) ? 'no time-out' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
