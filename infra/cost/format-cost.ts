import { assumptions } from './assumptions.ts';
import type { Counted } from './counted.ts';
import { billLines, freeOf, monthlyCost, totalOf, type Bill } from './monthly-cost.ts';
import { prices } from './prices.ts';

/** Deliveries a day. */
const loads = [0, 1_000, 100_000];

/** The bill as Markdown, with everything that it is computed from. */
export function formatCost(counted: Counted): string {
  return [
    formatBill(counted),
    '',
    formatCounted(counted),
    '',
    '<details><summary>Every assumption, and the prices</summary>',
    '',
    formatAssumptions(),
    '',
    formatPrices(),
    '',
    '</details>',
  ].join('\n');
}

function formatBill(counted: Counted): string {
  const bills = loads.map((load) => monthlyCost(counted, load));
  const allowances = loads.map((load) => freeOf(counted, load));
  const heads = loads.map((load) => (load === 0 ? 'idle' : `${spaced(load)} deliveries a day`));
  return table([
    ['US dollars a month', ...heads],
    ...billLines.map((name) => rowOf(name, bills)),
    ['Together', ...bills.map((bill) => dollars(totalOf(bill)))],
    ['Free in every account', ...allowances.map((allowance) => dollars(-allowance))],
    [
      '**To pay**',
      ...bills.map((bill, index) => `**${dollars(totalOf(bill) - (allowances[index] ?? 0))}**`),
    ],
  ]);
}

function rowOf(name: keyof Bill, bills: readonly Bill[]): string[] {
  const amounts = bills.map((bill) => dollars(bill[name]));
  return [name, ...amounts];
}

function formatCounted({ alarmMetrics, alarms, looks, secrets, ticks }: Counted): string {
  const schedules = Object.entries(ticks).map(
    ([name, times]) => `${spaced(Math.round(times))} runs of ${name}`,
  );
  return (
    `Read from the synthesised template: ${secrets} secrets, ${alarms} alarms on ${alarmMetrics} ` +
    `metrics, the memory of each function; ${schedules.join(' and ')} a month, for which the ` +
    `scheduler looks ${spaced(Math.round(looks))} times. Free in every account, for good and once for all that is in ` +
    'it: 10 metrics, 10 metrics of alarms, a dashboard of up to 50 metrics, 1 million requests and 400,000 GB-seconds ' +
    'of Lambda.'
  );
}

function formatAssumptions(): string {
  const rows = Object.entries(assumptions).map(([name, { because, unit, value }]) => [
    inWords(name),
    `${spaced(value)} ${unit}`,
    because,
  ]);
  return table([['Assumption', 'Value', 'Because'], ...rows]);
}

function formatPrices(): string {
  const rows = Object.entries(prices).map(([name, price]) => [inWords(name), plain(price)]);
  return table([['List price in us-east-1, 2026', 'US dollars'], ...rows]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table([head = [], ...rows]: string[][]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `analysesPerDelivery` as `analyses per delivery`. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function dollars(amount: number): string {
  return amount.toFixed(2);
}

function spaced(number: number): string {
  return number.toLocaleString('en-US');
}

/** `0.0000002`, where JavaScript would write `2e-7`. */
function plain(price: number): string {
  return price.toFixed(12).replace(/\.?0+$/, '');
}
