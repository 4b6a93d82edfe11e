import { join } from 'node:path';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '@poinciana/embedded-database';
import { issueToken, SystemClock } from '@poinciana/service-kit';
import { defaultWorkspace, runDemo, tokenRules, type RunningDemo } from '@poinciana/standalone';
import { startKafka, type KafkaCluster } from '@poinciana/testing';
import { openFrontDoor } from '../door/front-door.js';
import { programOf, type ReplicaProgram } from '../processes/replica.js';
import { Replicas } from '../processes/replicas.js';
import { keepBrokerRunning } from './broker-watch.js';
import { makeDataPlace, type DataPlace } from './data-place.js';
import { PARTS, SIMULATOR, type Part } from './parts.js';

const HOST = '127.0.0.1';
const TOKEN_SECONDS = 24 * 60 * 60;
/** Each process has a pool for the log and one for its own schema, of 10 connections each. */
const DATABASE_CONNECTIONS_MAX = '500';

export interface ClusterOptions {
  /** Of the front door; 0 takes any free one. */
  readonly port: number;
  /** What replicas of a part are told besides. */
  readonly settings?: Readonly<Record<string, NodeJS.ProcessEnv>>;
  /** The replicas whose way to the brokers is the detour, by their names such as `flow-execution 1`. */
  readonly onDetour?: readonly string[];
  readonly say: (sentence: string) => void;
  readonly complain: (sentence: string) => void;
  /** Something without which nothing works is lost for good. */
  readonly onFailure: (error: Error) => void;
}

export interface DemoWishes {
  readonly people: number;
  readonly durationSeconds: number;
}

/** Everything apart, on one machine: PostgreSQL, a broker, and every service as processes of its own behind one front door. */
export interface Cluster {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly database: EmbeddedDatabase;
  readonly kafka: KafkaCluster;
  readonly replicas: Replicas;
  token(): Promise<string>;
  startDemo(wishes: DemoWishes): Promise<RunningDemo>;
  /** Ends the demo, the door, the services, the broker and the database, in this order, and forgets everything. */
  stop(): Promise<void>;
}

/** Ends what was started, the last first. */
type Ending = () => Promise<unknown> | void;

/** Starts a cluster. When that fails, whatever had started is ended again. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const endings: Ending[] = [];
  const end = async (): Promise<void> => {
    for (let ending = endings.pop(); ending !== undefined; ending = endings.pop()) await ending();
  };
  try {
    return { ...(await start(options, endings)), stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function start(options: ClusterOptions, endings: Ending[]): Promise<Omit<Cluster, 'stop'>> {
  const { say, complain, onFailure } = options;
  const place = await makeDataPlace();
  endings.push(() => place.remove());
  const database = await startEmbeddedDatabase({
    dataFolder: place.folder.databaseFolder,
    settings: { max_connections: DATABASE_CONNECTIONS_MAX },
    onNotice: complain,
    onFailure,
  });
  endings.push(() => database.stop());
  say('PostgreSQL is up.');
  const kafka = await startKafka();
  const stopping = new AbortController();
  endings.push(() => kafka.close());
  endings.push(() => stopping.abort());
  keepBrokerRunning(kafka, complain, stopping.signal).catch(onFailure);
  say(`Kafka is up at ${kafka.brokers.join(', ')}.`);
  const replicas = new Replicas({
    programOf: (part, number) => programFor(part, number, { options, place, database, kafka }),
    complain,
    onFailure,
  });
  endings.push(() => replicas.stop([...PARTS, SIMULATOR].map(({ name }) => name)));
  await startAll(replicas, say);
  const door = await openFrontDoor({
    host: HOST,
    port: options.port,
    upstreamsOf: (prefix) => addressesOf(replicas, prefix),
  });
  endings.push(() => door.stop());
  const simulatorUrl = replicas.of(SIMULATOR.name)[0]?.url ?? '';
  const clock = new SystemClock();
  const caller = { workspace: defaultWorkspace, role: 'operator', subject: 'cluster' } as const;
  const token = () => issueToken(tokenRules(place.folder.tokenSecret), caller, TOKEN_SECONDS, clock);
  const startDemo = async (wishes: DemoWishes): Promise<RunningDemo> => {
    const { url } = door;
    const now = () => clock.now();
    const demo = await runDemo({ url, token: await token(), dataDir: place.path, simulatorUrl, ...wishes, now, say });
    endings.push(() => demo.stop());
    return demo;
  };
  return { url: door.url, simulatorUrl, database, kafka, replicas, token, startDemo };
}

async function startAll(replicas: Replicas, say: (sentence: string) => void): Promise<void> {
  const wanted = [...PARTS, SIMULATOR].flatMap(({ name, replicas: count }) =>
    Array.from({ length: count }, (_, index) => ({ name, number: index + 1 })),
  );
  say(`${wanted.length} processes are starting …`);
  let ready = 0;
  await Promise.all(
    wanted.map(async ({ name, number }) => {
      await replicas.start(name, number);
      ready += 1;
      say(`${name} ${number} is ready, ${ready} of ${wanted.length}.`);
    }),
  );
}

function addressesOf(replicas: Replicas, prefix: string): readonly string[] | undefined {
  const part = PARTS.find((one) => one.prefix === prefix);
  return part && replicas.of(part.name).flatMap(({ url }) => url ?? []);
}

interface Surroundings {
  readonly options: ClusterOptions;
  readonly place: DataPlace;
  readonly database: EmbeddedDatabase;
  readonly kafka: KafkaCluster;
}

function programFor(name: string, number: number, surroundings: Surroundings): ReplicaProgram {
  const part = [...PARTS, SIMULATOR].find((one) => one.name === name);
  if (part === undefined) throw new RangeError(`A cluster has no part ${name}`);
  return {
    part: name,
    number,
    program: programOf(name),
    parameters: part.parameters ?? [],
    environment: environmentOf(part, number, surroundings),
  };
}

/** Only what is named here: a setting that a service does not know would keep it from starting. */
function environmentOf(part: Part, number: number, { options, place, database, kafka }: Surroundings) {
  const { PATH, HOME, TMPDIR } = process.env;
  const machine = { PATH, ...(HOME === undefined ? {} : { HOME }), ...(TMPDIR === undefined ? {} : { TMPDIR }) };
  if (part === SIMULATOR) return machine;
  const { tokenSecret, secretsKey } = place.folder;
  const { issuer, audience } = tokenRules(tokenSecret);
  const isOnDetour = options.onDetour?.includes(`${part.name} ${number}`) === true;
  return {
    ...machine,
    DATABASE_URL: database.url,
    POINCIANA_TOKEN_SECRET: tokenSecret.reveal(),
    POINCIANA_TOKEN_ISSUER: issuer,
    POINCIANA_TOKEN_AUDIENCE: audience,
    POINCIANA_HTTP_HOST: HOST,
    POINCIANA_HTTP_PORT: '0',
    POINCIANA_BUS: 'kafka',
    POINCIANA_KAFKA_BROKERS: (isOnDetour ? kafka.detour : kafka).brokers.join(','),
    ...part.settings({ secretsKey: secretsKey.reveal(), uploadsFolder: join(place.path, 'uploads') }),
    ...options.settings?.[part.name],
  };
}
