/** What a stack gives to its functions, and Lambda. */
export const deployed = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_LAMBDA_FUNCTION_NAME: 'function',
  AWS_REGION: 'eu-west-1',
  AWS_SECRET_ACCESS_KEY: 'example',
  CICD_BUCKET: 'blobs',
  CICD_BUS: 'bus',
  CICD_FLOWS: '{}',
  CICD_INSTALLATION: '0123abcd',
  CICD_SECRETS_PREFIX: 'autonomous-cicd-test/',
  CICD_STACK: 'autonomous-cicd-test',
  CICD_TABLE: 'table',
};
