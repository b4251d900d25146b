import { assumed } from './assumptions.ts';
import { hoursPerMonth, type Counted } from './counted.ts';
import { prices } from './prices.ts';

/** What is paid for. */
export const billLines = [
  'Secrets Manager',
  'CloudWatch alarms',
  'CloudWatch metrics',
  'CloudWatch logs',
  'API Gateway',
  'EventBridge',
  'Lambda',
  'Lambda, durable',
  'DynamoDB',
  'S3',
] as const;

/** US dollars a month. */
export type Bill = Record<(typeof billLines)[number], number>;

const daysPerMonth = hoursPerMonth / 24;
const kbPerGb = 1_024 ** 2;

/** Invocations of a function a month, and how long each takes. */
interface Work {
  construct: string;
  times: number;
  ms: number;
}

export function monthlyCost(counted: Counted, deliveriesPerDay: number): Bill {
  return costLines(counted, amountsOf(counted, deliveriesPerDay));
}

/** What AWS gives to each account every month, for good; several stacks share it. */
const free = { alarmMetrics: 10, metrics: 10, lambdaGbSeconds: 400_000, lambdaRequests: 1e6 };

/** What of a bill is free in an account where no other system has used it up. */
export function freeOf(counted: Counted, deliveriesPerDay: number): number {
  const amounts = amountsOf(counted, deliveriesPerDay);
  return (
    Math.min(counted.alarmMetrics, free.alarmMetrics) * prices.alarmMetricMonth +
    Math.min(metricsOf(counted, amounts), free.metrics) * prices.metricMonth +
    Math.min(gbSecondsOf(counted, amounts), free.lambdaGbSeconds) * prices.lambdaGbSecond +
    Math.min(requestsOf(amounts), free.lambdaRequests) * prices.lambdaRequest
  );
}

export function totalOf(bill: Bill): number {
  return Object.values(bill).reduce((sum, line) => sum + line, 0);
}

/** How often things happen in a month. */
type Amounts = ReturnType<typeof amountsOf>;

function amountsOf({ looks, ticks }: Counted, deliveriesPerDay: number) {
  const deliveries = deliveriesPerDay * daysPerMonth;
  const analyses = deliveries * assumed('analysesPerDelivery');
  const health = ticks['system-health'] ?? 0;
  const cicd = ticks['autonomous-cicd'] ?? 0;
  const changes = (analyses + health + cicd) * assumed('recordedChanges');
  return { analyses, changes, cicd, deliveries, health, looks };
}

function costLines(counted: Counted, amounts: Amounts): Bill {
  return {
    'Secrets Manager':
      counted.secrets * prices.secretMonth +
      assumed('secretReads') * hoursPerMonth * prices.secretRead,
    'CloudWatch alarms': counted.alarmMetrics * prices.alarmMetricMonth,
    'CloudWatch metrics': metricsOf(counted, amounts) * prices.metricMonth,
    'CloudWatch logs': logCost(counted, amounts),
    'API Gateway': amounts.deliveries * prices.httpApiRequest,
    EventBridge: busCost(counted, amounts),
    Lambda: lambdaCost(counted, amounts),
    'Lambda, durable': durableCost(counted, amounts),
    DynamoDB: tableCost(counted, amounts),
    S3: blobCost(counted, amounts),
  };
}

/** Each flow that succeeds; each sender, as soon as it sends; analyses, once there are any. */
function metricsOf({ ticks }: Counted, { deliveries }: Amounts): number {
  const idle = Object.keys(ticks).length;
  return deliveries === 0 ? idle : idle + 2 + 1;
}

function workOf({ analyses, changes, cicd, deliveries, health, looks }: Amounts): Work[] {
  return [
    { construct: 'GithubWebhook', times: deliveries, ms: assumed('webhookMs') },
    { construct: 'Dispatcher', times: deliveries, ms: assumed('dispatcherMs') },
    { construct: 'Scheduler', times: looks, ms: assumed('schedulerMs') },
    { construct: 'RunRecorder', times: changes, ms: assumed('recorderMs') },
    { construct: 'SystemHealth', times: health, ms: assumed('healthMs') },
    { construct: 'AutonomousCicd', times: cicd, ms: assumed('cicdMs') },
    { construct: 'ComponentAnalysis', times: analyses, ms: assumed('analysisMs') },
  ];
}

/** A run that goes on in another invocation is another request. */
function requestsOf({ analyses, changes, cicd, deliveries, health, looks }: Amounts): number {
  const runs = analyses + cicd + health;
  return 2 * deliveries + looks + changes + runs * assumed('replays');
}

function gbSecondsOf({ memoryGb }: Counted, amounts: Amounts): number {
  return workOf(amounts).reduce(
    (sum, { construct, ms, times }) => sum + (times * memoryGb(construct) * ms) / 1_000,
    0,
  );
}

function lambdaCost(counted: Counted, amounts: Amounts): number {
  return (
    gbSecondsOf(counted, amounts) * prices.lambdaGbSecond +
    requestsOf(amounts) * prices.lambdaRequest
  );
}

function durableCost({ retentionDays }: Counted, { analyses, cicd, health }: Amounts): number {
  const operations =
    health * assumed('healthOperations') +
    cicd * assumed('cicdOperations') +
    analyses * assumed('analysisOperations');
  const gigabytes = (operations * assumed('checkpointKb')) / kbPerGb;
  return (
    operations * prices.durableOperation +
    gigabytes * prices.durableGbWritten +
    gigabytes * (retentionDays / daysPerMonth) * prices.durableGbMonthKept
  );
}

function busCost({ archiveDays }: Counted, { deliveries }: Amounts): number {
  const gigabytes = (deliveries * assumed('eventKb')) / kbPerGb;
  const kept = gigabytes * (archiveDays / daysPerMonth);
  return deliveries * prices.busEvent + gigabytes * prices.archiveGb + kept * prices.archiveGbMonth;
}

function tableCost(
  { retentionDays }: Counted,
  { analyses, changes, cicd, deliveries, health, looks }: Amounts,
): number {
  const writes =
    deliveries * assumed('dispatcherWrites') +
    changes * assumed('recorderWrites') +
    looks * assumed('schedulerWrites') +
    cicd * assumed('cicdWrites') +
    analyses * assumed('analysisWrites');
  const reads =
    deliveries * assumed('dispatcherReads') +
    changes * assumed('recorderReads') +
    looks * assumed('schedulerReads') +
    health * assumed('healthReads') +
    cicd * assumed('cicdReads');
  // As if every KB that was written stayed: more than is kept, as most writes replace an item.
  const kept = (writes / kbPerGb) * Math.min(1, retentionDays / daysPerMonth);
  return (
    writes * prices.tableWrite +
    reads * prices.tableRead +
    kept * (prices.tableGbMonth + prices.tableBackupGbMonth)
  );
}

function blobCost({ retentionDays }: Counted, { analyses }: Amounts): number {
  const blobs = analyses * assumed('analysisBlobs');
  const kept = ((analyses * assumed('analysisMb')) / 1_024) * (retentionDays / daysPerMonth);
  return blobs * (prices.bucketPut + prices.bucketGet) + kept * prices.bucketGbMonth;
}

function logCost({ logDays }: Counted, amounts: Amounts): number {
  // The access log has a line for each delivery, too.
  const lines = requestsOf(amounts) + amounts.deliveries;
  const gigabytes = (lines * assumed('logKbPerInvocation')) / kbPerGb;
  return gigabytes * (prices.logGb + (logDays / daysPerMonth) * prices.logGbMonth);
}
