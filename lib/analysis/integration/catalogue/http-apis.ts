import type { KindCatalogue } from './entry.ts';

const verbs = /^(get|post|put|patch|delete|head|options|request|send|stream)$/;

/** Clients that speak HTTP, and vendors' clients that speak it for the caller. */
export const httpApis: KindCatalogue = {
  python: [
    { modules: ['requests'], calls: verbs, argument: 'url', timeout: ['timeout'] },
    { modules: ['httpx', 'aiohttp', 'urllib3', 'niquests', 'treq'], calls: verbs, argument: 'url' },
    {
      modules: ['urllib.request', 'urllib2', 'urllib'],
      calls: /^(urlopen|urlretrieve)$/,
      argument: 'url',
      timeout: ['timeout'],
    },
    {
      modules: ['http.client', 'httplib'],
      calls: /^HTTPS?Connection$/,
      argument: 'host',
      prepares: true,
    },
    { modules: ['http.client', 'httplib', 'httplib2'], calls: /^request$/, argument: 'data' },
    {
      modules: ['boto3', 'aioboto3', 'boto3.session'],
      calls: /^(client|resource)$/,
      argument: 'key',
      prepares: true,
    },
    {
      modules: ['boto3.client', 'boto3.resource', 'boto3.Session.client', 'boto3.Session.resource'],
      calls: /^(?!get_paginator$|get_waiter$|can_paginate$|close$|generate_presigned)[a-z]\w*$/,
      argument: 'data',
    },
    {
      modules: ['openai', 'anthropic', 'mistralai', 'cohere', 'groq'],
      calls: /^(create|stream|parse|generate|embed|retrieve|list|complete|chat)$/,
      argument: 'data',
    },
    {
      modules: ['stripe', 'twilio', 'sendgrid', 'slack_sdk', 'slack', 'github', 'gitlab', 'jira'],
      calls:
        /^(create|retrieve|modify|list|delete|send|search|get_\w+|create_\w+|chat_\w+|files_\w+)$/,
      argument: 'data',
    },
    { modules: ['googleapiclient'], calls: /^execute$/, argument: 'data' },
    {
      modules: ['google.cloud.*', 'azure.*'],
      calls: /^(get|list|create|delete|upload|download|publish|query|send)_?\w*$/,
      argument: 'data',
    },
  ],
  script: [
    {
      modules: ['fetch', 'globalThis.fetch', 'window.fetch', 'self.fetch'],
      calls: /^$/,
      argument: 'url',
      timeout: ['signal'],
    },
    { modules: ['XMLHttpRequest', 'EventSource'], calls: /^$/, argument: 'url', prepares: true },
    {
      modules: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'node-fetch-native', 'ofetch'],
      calls: /^(|fetch|ofetch|\$fetch)$/,
      argument: 'url',
      timeout: ['signal', 'timeout'],
    },
    {
      modules: ['axios'],
      calls: /^(|get|post|put|patch|delete|head|options|request|postForm|putForm)$/,
      argument: 'url',
      timeout: ['timeout', 'signal'],
    },
    {
      modules: ['got', 'ky', 'superagent', 'needle', 'wretch', 'phin'],
      calls: /^(|get|post|put|patch|delete|del|head|stream|paginate)$/,
      argument: 'url',
    },
    { modules: ['undici'], calls: /^(fetch|request|stream|pipeline)$/, argument: 'url' },
    {
      modules: ['http', 'https', 'http2'],
      calls: /^(get|request|connect)$/,
      argument: 'url',
      failsByEvent: true,
    },
    {
      modules: ['@aws-sdk/client-*', '@aws-sdk/lib-*'],
      calls: /^(send|done)$/,
      argument: 'data',
    },
    { modules: ['aws-sdk'], calls: /^promise$/, argument: 'data' },
    {
      modules: ['octokit', '@octokit/*', '@actions/github'],
      calls: /^(request|graphql|paginate|get\w*|list\w*|create\w*|update\w*|delete\w*|add\w*)$/,
      argument: 'data',
    },
    {
      modules: ['@linear/sdk'],
      calls: /^(rawRequest|request|issues?|teams?|projects?|users?|viewer|create\w+|update\w+)$/,
      argument: 'data',
    },
    {
      modules: ['graphql-request', '@apollo/client', 'apollo-client', 'urql', '@urql/core'],
      calls: /^(|request|rawRequest|query|mutate|mutation)$/,
      argument: 'data',
    },
    {
      modules: [
        'stripe',
        'openai',
        '@anthropic-ai/sdk',
        'twilio',
        '@sendgrid/mail',
        '@slack/web-api',
      ],
      calls:
        /^(create|retrieve|update|list|del|delete|search|send|stream|parse|postMessage|upload)$/,
      argument: 'data',
    },
    {
      modules: ['@google-cloud/*', 'googleapis', '@azure/*', 'firebase-admin'],
      calls: /^(get|list|create|update|delete|upload|download|publish|send|query|save)\w*$/,
      argument: 'data',
    },
  ],
};
