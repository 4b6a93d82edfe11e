import createClient, { type Client } from 'openapi-fetch';
import type { paths as ConfigPaths } from './generated/config.js';
import type { paths as DispatchPaths } from './generated/dispatch.js';
import type { paths as FlowsPaths } from './generated/flows.js';
import type { paths as IngestPaths } from './generated/ingest.js';
import type { paths as ViewsPaths } from './generated/views.js';

/** Where the API is, and who is calling. */
export interface ApiClientOptions {
  /** Without a path: `https://poinciana.example.com`. */
  readonly url: string;
  /** A bearer token, asked for with every request, so that it may be a fresh one each time. */
  readonly token: () => string | Promise<string>;
  /** What sends requests; the platform's own when absent. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** One typed client a service; paths, parameters and answers are those of its OpenAPI document. */
export interface ApiClient {
  readonly config: Client<ConfigPaths>;
  readonly ingest: Client<IngestPaths>;
  readonly flows: Client<FlowsPaths>;
  readonly dispatch: Client<DispatchPaths>;
  readonly views: Client<ViewsPaths>;
}

/** Every answer is `{ data }` or `{ error }`, the latter a problem document with a stable `code`; only a broken connection throws. */
export function createApiClient({ url, token, fetch }: ApiClientOptions): ApiClient {
  const clientOf = <Paths extends object>(): Client<Paths> => {
    const client = createClient<Paths>({ baseUrl: url, ...(fetch === undefined ? {} : { fetch }) });
    client.use({
      onRequest: async ({ request }) => {
        request.headers.set('authorization', `Bearer ${await token()}`);
        return request;
      },
    });
    return client;
  };
  return { config: clientOf(), ingest: clientOf(), flows: clientOf(), dispatch: clientOf(), views: clientOf() };
}
