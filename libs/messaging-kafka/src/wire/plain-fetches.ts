import { createRequire } from 'node:module';
import { plainFetchAnswer } from './fetch-answer.js';

/** What is used of how kafkajs asks and reads. */
interface Call {
  readonly response: { readonly decode: (bytes: Buffer) => Promise<unknown> };
}
interface Api {
  protocol: (choice: { readonly version: number }) => ((wishes: object) => Call) | undefined;
}

/** The newest that kafkajs knows, which every broker that is still maintained speaks. */
const VERSION = 11;
let isInstalled = false;

/**
 * kafkajs 2.2.4 makes some twenty objects and five big integers of each record that it reads, wanted or not, and a cluster reads each
 * record once for every group. With this, answers without compression are read by `plainFetchAnswer`, all others as before.
 */
export function readFetchesPlainly(): void {
  if (isInstalled) return;
  isInstalled = true;
  const { requests }: { readonly requests: { readonly Fetch: Api } } = createRequire(import.meta.url)(
    'kafkajs/src/protocol/requests',
  );
  const known = requests.Fetch.protocol;
  requests.Fetch.protocol = (choice) => {
    const callOf = known(choice);
    if (callOf === undefined || choice.version !== VERSION) return callOf;
    return (wishes) => {
      const call = callOf(wishes);
      const decode = async (bytes: Buffer): Promise<unknown> => plainFetchAnswer(bytes) ?? call.response.decode(bytes);
      return { ...call, response: { ...call.response, decode } };
    };
  };
}
