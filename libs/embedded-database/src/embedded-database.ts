import { databaseUrl, ensureDatabase } from './admin.js';
import { binariesFor, type Binaries } from './binaries.js';
import { openCluster, type Cluster } from './cluster.js';
import { settleDataPlace, type DataPlace } from './data-place.js';
import { claimFolder } from './folder-claim.js';
import { logFileIn } from './postmaster.js';
import { serverSettings, type ServerSettings } from './server-settings.js';
import { Supervisor, type SupervisorOptions } from './supervisor.js';

export interface EmbeddedDatabaseOptions {
  /** Holds the database; made when it is missing. The data stays when the database is stopped. */
  dataFolder: string;
  /** A port of the loopback interface; a free one when none is given. */
  port?: number;
  /** Settings of PostgreSQL that replace those chosen for this machine. */
  settings?: ServerSettings;
  onNotice?: (notice: string) => void;
  /** The server ended again and again and is given up. Without it that is an unhandled rejection, so never unseen. */
  onFailure?: (error: Error) => void;
}

/** A PostgreSQL server of our own. It is started again by itself when it is killed, at the same address. */
export interface EmbeddedDatabase {
  /** Address of the database `poinciana` with a superuser's password: a secret. The port is also open on the loopback interface. */
  readonly url: string;
  readonly port: number;
  /** Number of the server's process now. */
  readonly pid: number;
  /** Where the files really lie; differs from the folder asked for only where that cannot be entered by PostgreSQL's user. */
  readonly folder: string;
  /** Shuts down, bounded; may be called again. To be called after everything that uses the database has stopped. */
  stop(): Promise<void>;
}

const databaseName = 'poinciana';

/**
 * Starts the database in `dataFolder`, also after this process, the server or both were killed: what was left running is
 * ended first, what was left lying is cleared away, and PostgreSQL recovers what was committed.
 * Works as any user and as root. Throws EmbeddedDatabaseError.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const place = settleDataPlace(options.dataFolder);
  const claim = await claimFolder(place.folder);
  let supervisor: Supervisor | undefined;
  const stop = async (): Promise<void> => {
    await supervisor?.stop();
    claim.release();
  };
  try {
    const binaries = binariesFor(place.user);
    const cluster = await openCluster(place.folder, binaries, place.user);
    const started = await Supervisor.start(supervised(options, place, binaries, cluster));
    supervisor = started;
    await ensureDatabase(databaseUrl(started.port, cluster.password, 'postgres'), databaseName);
    return {
      url: databaseUrl(started.port, cluster.password, databaseName),
      port: started.port,
      folder: place.folder,
      get pid() {
        return started.pid;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function supervised(
  options: EmbeddedDatabaseOptions,
  place: DataPlace,
  binaries: Binaries,
  cluster: Cluster,
): SupervisorOptions {
  return {
    program: binaries.postgres,
    data: cluster.data,
    logFile: logFileIn(cluster.home),
    settings: { ...serverSettings(), ...options.settings },
    user: place.user,
    onNotice: options.onNotice ?? (() => undefined),
    onFailure: options.onFailure ?? ((error) => void Promise.reject(error)),
    ...(options.port === undefined ? {} : { port: options.port }),
  };
}
