import {
  ChannelAdapter,
  type OpenChannel,
  type OutgoingMessage,
  type Proof,
  type QuestionedSend,
  type SendOutcome,
  type WebhookRequest,
} from '../channel-adapter.js';
import { isProviderId, providerWord, type ChannelNotice } from '../channel-notice.js';
import type { ProviderAnswer } from '../http/call-once.js';
import { list, member, parsed, textMember } from '../http/json.js';
import {
  addressBelow,
  INCOMPLETE,
  ProviderConnections,
  unanswered,
  type ConnectionLimits,
} from '../http/provider-connections.js';
import { refusalOf } from '../http/refusal.js';
import { isTimedSignature } from '../secret-digest.js';
import { noticesOfCall } from './voice-events.js';

/** Names of the channel's settings and secrets. `agent` names the runtime's own agent; else our agent's id does. */
export const VOICE_SETTINGS = ['baseUrl', 'agent'] as const;
export const VOICE_SECRETS = ['apiKey', 'callbackSecret'] as const;

/**
 * Calls through a runtime of voice agents: `POST <baseUrl>/calls` places one, `GET` shows it by its id or by our reference,
 * signed callbacks tell how it goes. docs/reference/voice-runtime.md has the contract.
 */
export class VoiceAdapter extends ChannelAdapter {
  override readonly type = 'voice';
  override readonly sendTimeoutMs: number;
  override readonly provesAfterMs: number;
  private readonly connections: ProviderConnections;

  constructor(limits: ConnectionLimits) {
    super();
    this.connections = new ProviderConnections(limits);
    this.sendTimeoutMs = this.connections.callTimeoutMs;
    this.provesAfterMs = 2 * this.sendTimeoutMs;
  }

  override async send(open: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    const { content, address: to, echo, idempotencyKey } = message;
    if (content.type !== 'call') return { outcome: 'refused', code: 'message_refused', providerCode: 'not_called' };
    const address = addressBelow(open.channel.settings['baseUrl'], 'calls');
    const headers = headersOf(open);
    if (address === undefined || headers === undefined) return INCOMPLETE;
    const body = {
      to,
      reference: echo,
      agent: open.channel.settings['agent'] ?? content.agentId,
      sip: { server: content.sipServer, parameters: content.sipParameters },
      context: content.context,
    };
    const sent = await this.connections.call(address, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    });
    return 'answer' in sent ? outcomeOfAnswer(sent.answer) : unanswered(sent);
  }

  /** By the call's id where it is known, else by our reference, under which the runtime lists what it was given. */
  override async lookUp(open: OpenChannel, { echo, providerMessageId }: QuestionedSend): Promise<Proof> {
    const headers = headersOf(open);
    const path = providerMessageId === undefined ? 'calls' : `calls/${encodeURIComponent(providerMessageId)}`;
    const address = addressBelow(open.channel.settings['baseUrl'], path);
    if (address === undefined || headers === undefined) return { proof: 'none' };
    if (providerMessageId === undefined) address.searchParams.set('reference', echo);
    const found = await this.connections.call(address, { method: 'GET', headers });
    if (!('answer' in found) || found.answer.status !== 200) return { proof: 'none' };
    const json = parsed(found.answer.body);
    if (providerMessageId !== undefined) return { proof: 'accepted', providerMessageId, notices: noticesOfCall(json) };
    const calls = member(json, 'calls');
    if (!Array.isArray(calls)) return { proof: 'none' };
    return proofOf(list(calls).find((each) => textMember(each, 'reference') === echo));
  }

  override isAuthentic({ secrets }: OpenChannel, { headers, body, atMs }: WebhookRequest): boolean {
    return isTimedSignature(body, headers['x-signature'], secrets['callbackSecret'], atMs);
  }

  override read({ body }: WebhookRequest): readonly ChannelNotice[] | undefined {
    const event = parsed(body.toString('utf8'));
    return textMember(event, 'call_id') === undefined ? undefined : noticesOfCall(event);
  }

  override close(): Promise<void> {
    return this.connections.close();
  }
}

function headersOf({ secrets }: OpenChannel): Record<string, string> | undefined {
  const { apiKey } = secrets;
  return apiKey === undefined ? undefined : { authorization: `Bearer ${apiKey}` };
}

/** Of a call under our reference; one whose id cannot be kept proves nothing. */
function proofOf(call: unknown): Proof {
  if (call === undefined) return { proof: 'notSent' };
  const id = member(call, 'call_id');
  return isProviderId(id)
    ? { proof: 'accepted', providerMessageId: id, notices: noticesOfCall(call) }
    : { proof: 'none' };
}

function outcomeOfAnswer(answer: ProviderAnswer): SendOutcome {
  const { status, body } = answer;
  const json = parsed(body);
  if (status >= 200 && status < 300) {
    const id = member(json, 'call_id');
    return isProviderId(id)
      ? { outcome: 'accepted', providerMessageId: id }
      : { outcome: 'unknown', providerCode: 'no_call_id' };
  }
  const word = providerWord(member(json, 'error'));
  return word === 'invalid_number'
    ? { outcome: 'refused', code: 'invalid_address', providerCode: word }
    : refusalOf(answer, word);
}
