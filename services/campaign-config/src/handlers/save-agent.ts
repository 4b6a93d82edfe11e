import type { workspace as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { Secret } from '@poinciana/service-kit';
import type { SeenState } from '../domain/seen-state.js';
import type { Asking } from './command-context.js';
import { sealedAgain } from './sealed-again.js';
import type { WorkspaceNow, WorkspaceStreams } from './workspace-streams.js';

/** An agent with its signing key as it was typed; one that is left out stays as it is. */
export interface TypedAgent extends Omit<contract.Agent, 'encryptedSigningKey'> {
  readonly signingKey?: string | undefined;
}

/** Saves an agent; its signing key is sealed before it reaches an event, and is never given out again. */
export class SaveAgentHandler {
  constructor(
    private readonly workspaces: WorkspaceStreams,
    private readonly secretsKey: Secret,
  ) {}

  /** Throws `DomainError` `agent_incomplete` for a webhook agent that cannot be asked. */
  async execute(
    asking: Asking,
    { signingKey, ...typed }: TypedAgent,
    seen: SeenState | undefined,
  ): Promise<WorkspaceNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const known = workspace.agents.find(({ id }) => id === typed.id)?.encryptedSigningKey;
    const encryptedSigningKey = signingKey === undefined ? known : sealedAgain(this.secretsKey, signingKey, known);
    if (typed.runtime === 'webhook' && (typed.url === undefined || encryptedSigningKey === undefined))
      throw new DomainError('agent_incomplete', 'An agent of the runtime webhook needs url and signingKey');
    const agent = encryptedSigningKey === undefined ? typed : { ...typed, encryptedSigningKey };
    return this.workspaces.execute(asking, { type: 'SaveAgent', agent, seen });
  }
}
