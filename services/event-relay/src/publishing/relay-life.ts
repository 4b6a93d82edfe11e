import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { LogTail } from '@poinciana/messaging';
import type { LogRelay } from '@poinciana/messaging-kafka';

/** Lets the relays live as long as the process. */
export class RelayLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly relays: readonly LogRelay[],
    private readonly tail: LogTail,
  ) {}

  onApplicationBootstrap(): void {
    for (const relay of this.relays) relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
    this.tail.close();
  }
}
