import { createServer } from 'node:http';
import { clientAccess } from '../../support/aws/client-access.ts';
import { createCredentialBook } from '../../support/aws/credentials.ts';
import { RequestHandler } from '../../support/aws/request-handler.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { createAssetBucket } from './asset-bucket.ts';
import { createBootstrapVersion, createRoleLender } from './bootstrapped-account.ts';
import { createDeployingCloudFormation } from './deploying-cloud-formation.ts';

const account = '123456789012';
const region = 'eu-west-1';

/** An account that was bootstrapped and holds nothing yet, as `cdk` reaches it. To be closed by the caller. */
export async function startDeployServer() {
  const credentials = createCredentialBook();
  const assets = createAssetBucket();
  const cloudFormation = createDeployingCloudFormation((url) =>
    assets.objects.get(url.slice(url.lastIndexOf('/') + 1))?.toString(),
  );
  const handler = new RequestHandler({
    account,
    credentials,
    authorise: () => true,
    services: [
      assets.service,
      cloudFormation.service,
      createRoleLender(credentials, account),
      createBootstrapVersion(),
    ],
  });
  const server = createServer((request, response) => {
    handler.handle(request, response).catch(() => response.socket?.destroy());
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  const deployer = credentials.issue({ arn: `arn:aws:iam::${account}:user/deployer` });
  return {
    environment: clientAccess(url, region).environmentOf(deployer),
    assets: assets.objects,
    templateOf: (name: string) => cloudFormation.templateOf(name),
    calls: handler.calls,
    violations: handler.violations,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
