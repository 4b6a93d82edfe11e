import { demoSimulator } from '@poinciana/standalone';

/** What runs in a cluster, and as how many processes. */
export interface Part {
  /** The name of its package. */
  readonly name: string;
  readonly replicas: number;
  /** Requests below `/api/<prefix>` go to it; undefined for what serves no API of the platform. */
  readonly prefix?: string;
  readonly parameters?: readonly string[];
  /** What it is told beside what every service is told. */
  readonly settings: (own: OwnSettings) => NodeJS.ProcessEnv;
}

/** What belongs to one cluster and is told to some of its parts. */
export interface OwnSettings {
  readonly secretsKey: string;
  readonly uploadsFolder: string;
}

const nothing = (): NodeJS.ProcessEnv => ({});
const secretsKey = (own: OwnSettings): NodeJS.ProcessEnv => ({ POINCIANA_SECRETS_KEY: own.secretsKey });

/** In the order in which they stop: who is asked by people first, then who consumes, then who feeds them. */
export const PARTS: readonly Part[] = [
  { name: 'campaign-config', replicas: 1, prefix: 'config', settings: secretsKey },
  {
    name: 'participant-ingestion',
    replicas: 2,
    prefix: 'ingest',
    settings: ({ uploadsFolder }) => ({ POINCIANA_UPLOADS_FOLDER: uploadsFolder }),
  },
  { name: 'flow-execution', replicas: 2, prefix: 'flows', settings: nothing },
  { name: 'communication-dispatch', replicas: 2, prefix: 'dispatch', settings: secretsKey },
  { name: 'analytics-projections', replicas: 2, prefix: 'views', settings: nothing },
  { name: 'event-relay', replicas: 2, settings: nothing },
];

/** The providers' side, with the people of the demo. It is no service, so it is told nothing of the cluster. */
export const SIMULATOR: Part = {
  name: 'channel-simulator',
  replicas: 1,
  parameters: simulatorParameters(),
  settings: nothing,
};

function simulatorParameters(): readonly string[] {
  const { seed, timeScale, shares, accessToken } = demoSimulator(0);
  return [
    ...['--port', '0'],
    ...['--seed', String(seed)],
    ...['--time-scale', String(timeScale)],
    ...['--shares', JSON.stringify(shares)],
    ...['--access-token', accessToken],
    ...['--messages-per-second', 'unlimited'],
    ...['--pair-rate', 'off'],
  ];
}
