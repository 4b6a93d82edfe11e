import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { LogRelay } from '@poinciana/messaging-kafka';

/** Lets the relay live as long as the process. */
export class RelayLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly relay: LogRelay) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.relay.stop();
  }
}
