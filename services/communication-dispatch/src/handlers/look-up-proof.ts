import type { Proof } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import { addressOf, type KnownCommunication } from '../domain/communication.js';
import type { CommunicationCommand } from '../domain/communication-commands.js';
import type { ClaimedTimer } from '../storage/timers.js';
import type { AwaitProof } from './await-proof.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { Slots } from './slots.js';
import { callCommand, signalCommand } from './take-signals.js';

export interface DoubtfulSend {
  readonly claim: ClaimedTimer;
  readonly state: KnownCommunication;
}

/** What is to be done about a doubtful send: decide, or ask again later. */
export type Verdict = { readonly commands: readonly CommunicationCommand[] } | 'later';

/**
 * Reconciles unknown outcomes by the provider's own means, where it has any ([C]10). What it never got may be sent again; what
 * it has goes on from there; without an answer the outcome stays unknown.
 */
export class LookUpProof {
  constructor(
    private readonly channels: ChannelAdapters,
    private readonly definitions: KnownDefinitions,
    private readonly slots: Slots,
  ) {}

  /** By communication; missing are those whose provider cannot be asked, or does not answer for longer than one has patience. */
  async verdicts(
    sends: readonly DoubtfulSend[],
    now: string,
    awaiting: Pick<AwaitProof, 'isPatient'>,
  ): Promise<ReadonlyMap<string, Verdict>> {
    const verdicts = new Map<string, Verdict>();
    if (sends.length === 0) return verdicts;
    const workspaces = await this.definitions.workspaces(sends.map(({ claim }) => claim.workspace));
    await Promise.all(
      sends.map(async ({ claim, state }) => {
        const workspace = workspaces.get(claim.workspace);
        const open = this.channels.open(workspace, claim.channelId);
        const adapter = open && this.channels.adapterOf(open.channel.type);
        if (open === undefined || adapter?.provesAfterMs === undefined) return;
        const sent = { echo: state.facts.id, address: addressOf(state) };
        const proof = await this.slots.run(() => adapter.lookUp(open, sent));
        if (proof.proof !== 'none')
          verdicts.set(claim.communicationId, { commands: commandsOf(proof, state, workspace, now) });
        else if (awaiting.isPatient(state, now)) verdicts.set(claim.communicationId, 'later');
      }),
    );
    return verdicts;
  }
}

function commandsOf(
  proof: Proof,
  state: KnownCommunication,
  workspace: Parameters<typeof callCommand>[3],
  at: string,
): readonly CommunicationCommand[] {
  const { attempts: attempt } = state.facts;
  if (proof.proof !== 'accepted')
    return [{ type: 'RecordDelay', attempt, code: 'provider_unreachable', providerCode: 'not_found', retryAt: at, at }];
  const { providerMessageId, notices } = proof;
  const since = notices.flatMap((notice): readonly CommunicationCommand[] => {
    if (notice.about === 'status') return [signalCommand(notice, at)];
    return notice.about === 'call' ? [callCommand(notice, at, state, workspace)] : [];
  });
  return [{ type: 'RecordAcceptance', attempt, providerMessageId, at }, ...since];
}
