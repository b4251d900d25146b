import { startAnalysisHost, type AnalysisHostOptions } from '../../support/analysis-host.ts';
import { startLinearServer, type LinearServer } from '../../support/linear/linear-server.ts';
import { folderWith, temporaryFolder } from '../../support/temporary-folder.ts';

/** A component with something to find. */
export function folderWithOrders(): string {
  return folderWith({
    'orders/api.py':
      'import os\nimport requests\n\n\ndef load(url):\n    return requests.get(url)\n',
  });
}

/** The analysis that the label on ENG-1 asks for. */
export function askedBy(linear: LinearServer, folder: string, identifier = 'ENG-1') {
  const { id } = linear.issue(identifier);
  return {
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders/**'],
    source: { kind: 'folder', path: folder },
    origin: { kind: 'linear-issue', id, identifier },
  };
}

/** A workspace with a labelled issue, and a host that may write to it. */
export async function startWithLinear(options: AnalysisHostOptions = {}) {
  const linear = await startLinearServer();
  linear.act.label('ENG-1', 'component-analysis');
  const folder = options.folder ?? temporaryFolder();
  const settings = {
    linearUrl: linear.url,
    secrets: { LINEAR_API_KEY: linear.credentials.apiKey },
    ...options,
    folder,
  };
  const host = startAnalysisHost(settings);
  return {
    linear,
    host,
    input: askedBy(linear, folderWithOrders()),
    /** Another host on the same files, once this one is closed. */
    restart: (change: AnalysisHostOptions = {}) => startAnalysisHost({ ...settings, ...change }),
  };
}

/** As `autonomous-cicd` does. */
export async function settleOwed({
  services,
}: ReturnType<typeof startAnalysisHost>): Promise<number> {
  const owed = await services.answers.listOwed();
  for (const { id } of owed) await services.answers.settle(id);
  return owed.length;
}
