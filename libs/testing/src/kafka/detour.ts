import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A second way to the brokers, for clients whose network is to be cut. */
export interface Detour {
  /** The brokers' addresses on this way; clients stay on it, because the brokers name these addresses to them. */
  readonly brokers: readonly string[];
  /** From now on nothing comes through and nobody is told so, as when a cable is pulled: connections stay open and silent. */
  cut(): void;
  /** New connections come through again; those that were open are reset. */
  mend(): void;
}

/** A port of the loopback interface that passes on what it gets to another port, until it is cut. */
export class DetourPort {
  private readonly open = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async listen(target: () => number): Promise<DetourPort> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The system gave no port');
    const detour = new DetourPort(server, address.port);
    server.on('connection', (client) => detour.pass(client, target()));
    return detour;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.open) socket.pause();
  }

  mend(): void {
    this.isCut = false;
    for (const socket of this.open) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  private pass(client: Socket, port: number): void {
    this.keep(client);
    if (this.isCut) return;
    const broker = connect(port, '127.0.0.1');
    this.keep(broker);
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (!this.isCut) from.resume();
      });
      from.on('close', () => to.destroy());
    }
    client.resume();
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    // What ends a connection is the business of those at its ends.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.open.delete(socket));
  }
}

/** The detour over several ports, one a broker. */
export function detourOver(ports: readonly DetourPort[]): Detour {
  return {
    brokers: ports.map(({ port }) => `127.0.0.1:${port}`),
    cut: () => ports.forEach((port) => port.cut()),
    mend: () => ports.forEach((port) => port.mend()),
  };
}
