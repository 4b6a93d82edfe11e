import { StartedProgram } from './started-program.js';

/** What the simulator has counted. */
export interface SimulatorSummary {
  readonly accepted: number;
  readonly acceptedPerCommunicationMax: number;
  readonly communicationsAcceptedMoreThanOnce: number;
  readonly doubled: readonly { readonly communicationId: string; readonly accepted: number }[];
}

export interface AcceptedMessages {
  readonly accepted: number;
  readonly messages: readonly { readonly messageId: string }[];
}

/** The provider's side as a program of its own, with its control API. */
export class SimulatedProvider {
  private constructor(private readonly program: StartedProgram) {}

  static async start(...options: readonly string[]): Promise<SimulatedProvider> {
    const fixed = [
      '--port',
      '0',
      '--access-token',
      'access',
      '--messages-per-second',
      'unlimited',
      '--pair-rate',
      'off',
    ];
    return new SimulatedProvider(await StartedProgram.start('channel-simulator', [...fixed, ...options], {}));
  }

  get url(): string {
    return this.program.url;
  }

  /** Where a WhatsApp channel sends to. */
  get baseUrl(): string {
    return `${this.program.url}/v23.0`;
  }

  tellTo(webhook: string): Promise<unknown> {
    return this.control('PUT', 'webhook', { url: webhook, appSecret: 'app', verifyToken: 'verify' });
  }

  async summary(): Promise<SimulatorSummary> {
    return (await this.control('GET', 'summary')) as SimulatorSummary;
  }

  async acceptedOf(communicationId: string): Promise<AcceptedMessages> {
    return (await this.control('GET', `accepted/${communicationId}`)) as AcceptedMessages;
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.program.url}/control/${path}`, { method, ...sent });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  stop(): Promise<void> {
    return this.program.end();
  }
}
