import type { session as contract } from '@poinciana/contracts';
import { idOf, type SpecLog } from './stored-events.js';

/** Who talks, and where. */
export interface Conversing {
  readonly participantId: string;
  readonly customerId: string;
  readonly campaignId: string;
  readonly workspace: string;
}

const ADDRESS = '34600000001';

/** The conversations of one person, one after the other: some she begins herself, the others belong to a communication. */
export class RandomConversation {
  /** Every stream in which something of hers was said. */
  readonly streams = new Set<string>();
  private readonly incoming: contract.Session[] = [];
  private current: contract.Session | undefined;

  constructor(
    private readonly log: SpecLog,
    private readonly who: Conversing,
  ) {}

  goOn(choice: number, communicationId: string | undefined): void {
    const { current } = this;
    if (current === undefined) this.begin(choice, communicationId);
    else if (choice > 6) this.close(current, choice);
    else this.say(current, choice % 2 === 0 ? 'MessageSent' : 'MessageReceived', `word${choice} to pay`);
  }

  /** What a person began is forgotten by itself; the others go with their customer. */
  forget(): void {
    for (const session of this.incoming) this.append(session, 'SessionErased', {});
  }

  private begin(choice: number, communicationId: string | undefined): void {
    const { participantId, customerId, campaignId } = this.who;
    const id = idOf(`session ${this.log.events.length}`);
    const session = { id, channelId: idOf('channel'), channelType: 'whatsapp', agentId: idOf('agent') };
    if (choice % 2 === 0 && communicationId !== undefined) {
      this.open({ ...session, direction: 'outbound', communicationId, participantId, customerId, campaignId });
      return;
    }
    const incoming = { ...session, direction: 'inbound' };
    this.open(incoming);
    this.incoming.push(incoming);
    this.append(incoming, 'IncomingSessionStarted', { participantId, campaignId });
  }

  private open(session: contract.Session): void {
    this.current = session;
    this.streams.add(`session-${session.id}`);
    this.say(session, session.direction === 'outbound' ? 'MessageSent' : 'MessageReceived', 'Hello');
  }

  private say(session: contract.Session, type: 'MessageSent' | 'MessageReceived', text: string): void {
    const messageId = idOf(`message ${this.log.events.length}`);
    this.append(session, type, { messageId }, { address: ADDRESS, text });
  }

  private close(session: contract.Session, choice: number): void {
    this.current = undefined;
    this.append(session, 'SessionClosed', { reason: 'agent' }, { address: ADDRESS, results: { result: `R${choice}` } });
  }

  private append(session: contract.Session, type: string, more: object, personal?: object): void {
    const { workspace } = this.who;
    const said = personal === undefined ? {} : { personal };
    this.log.append(`session-${session.id}`, { type, data: { session, ...more }, workspace, ...said });
  }
}
