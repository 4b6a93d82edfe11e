import { connect, type Socket } from 'node:net';
import type { ISocketFactory } from 'kafkajs';

/** Connections that can stand still: nothing goes out and nothing comes in, as in a process that gets no time. */
export class FrozenSockets {
  private readonly sockets = new Set<Socket>();
  private isFrozen = false;

  readonly factory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = connect({ host, port }, onConnect);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    if (this.isFrozen) hold(socket);
    return socket;
  };

  freeze(): void {
    this.isFrozen = true;
    for (const socket of this.sockets) hold(socket);
  }

  thaw(): void {
    this.isFrozen = false;
    for (const socket of this.sockets) {
      socket.uncork();
      socket.resume();
    }
  }
}

function hold(socket: Socket): void {
  socket.cork();
  socket.pause();
}
