import type { CallMeter, ServiceQuota } from '../../lib/ports/call-meter.ts';

/** Remembers what it was told. */
export class SeenCalls implements CallMeter {
  readonly calls: [string, ServiceQuota | undefined][] = [];

  count(service: string, quota?: ServiceQuota): void {
    this.calls.push([service, quota]);
  }
}
