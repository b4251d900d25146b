import { expect, test } from 'vitest';
import { formatWhatStays } from '../../../../infra/cli/stack/what-stays.ts';
import { stackOutputsSchema } from '../../../../infra/stack-outputs.ts';

function whatStays({ isProtected, keepsData }: { isProtected: boolean; keepsData: boolean }) {
  const outputs = stackOutputsSchema.parse({
    Table: 'the-table',
    Bucket: 'the-bucket',
    Bus: 'the-bus',
    SecretsPrefix: 'autonomous-cicd-prod/',
    Installation: '0a1b2c3d',
    WebhookUrl: 'https://hooks.example',
    ConfigurationDigest: '0123456789abcdef',
    KeepsData: String(keepsData),
    DashboardUrl: 'https://console.aws.example',
    AlarmTopic: 'the-topic',
    AccessLogs: 'the-access-logs',
    Flows: '{}',
    Functions: JSON.stringify({ dispatcher: { name: 'd', logGroup: 'the-logs' } }),
    ScheduleRules: '{}',
    DeadLetterQueues: '{}',
  });
  return formatWhatStays({ name: 'autonomous-cicd-prod', isProtected, outputs });
}

test('a stage that keeps its data keeps it, whoever has taken its protection off', () => {
  for (const isProtected of [true, false]) {
    const text = whatStays({ isProtected, keepsData: true });
    expect(text).toContain('delete-table --table-name the-table');
    expect(text).toContain('delete-log-group --log-group-name the-logs');
    expect(text).toContain('delete-secret --force-delete-without-recovery');
    expect(text.includes('update-termination-protection')).toBe(isProtected);
  }
});

test('one that keeps none leaves reports only, protected by hand or not', () => {
  for (const isProtected of [true, false]) {
    const text = whatStays({ isProtected, keepsData: false });
    expect(text).toContain('cdk destroy -c stage=prod');
    expect(text).toContain('s3 rb s3://the-bucket');
    expect(text).not.toContain('delete-table');
    expect(text.includes('update-termination-protection')).toBe(isProtected);
  }
});
