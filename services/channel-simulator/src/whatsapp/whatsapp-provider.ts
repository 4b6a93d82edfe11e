import type { HttpAnswer } from '../channels/http-answer.js';
import { FATE_FAULTS, REQUEST_FAULTS, type FaultRule } from '../faults/fault-rule.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { AcceptanceLedger } from '../ledger/acceptance-ledger.js';
import type { Person } from '../people/person.js';
import { errorBody, providerError, type ProviderError } from './provider-error.js';
import { isObject } from './reading.js';
import type { SendLimiter } from './send-limits.js';
import { readSendRequest, type SendRequest } from './send-request.js';
import type { ServiceWindows } from './service-windows.js';
import type { TemplateCollection } from './template.js';

/** What the provider works with; all of it is replaced at a reset, but for the mode and the templates. */
export interface ProviderParts {
  readonly ledger: AcceptanceLedger;
  readonly faults: FaultPlan;
  readonly limiter: SendLimiter;
  readonly windows: ServiceWindows | null;
  readonly personAt: (waId: string) => Person;
  readonly waIdOf: (digits: string) => string;
  readonly templates: () => TemplateCollection;
  readonly isManual: () => boolean;
  /** The person is to act on this message. */
  readonly follow: (row: number) => void;
  /** People whose first message is refused are remembered up to this many; beyond it nobody's is. */
  readonly peopleMax: number;
}

const SLOW_ANSWER_MS_DEFAULT = 1_000;

/** The Cloud API's side of a send request: it refuses, accepts and promises statuses. */
export class WhatsAppProvider {
  readonly #parts: ProviderParts;
  readonly #erredOnce = new Set<string>();
  readonly #refusals = new Map<number, number>();

  constructor(parts: ProviderParts) {
    this.#parts = parts;
  }

  /** How many requests were refused, by the provider's code. */
  get refusals(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#refusals);
  }

  /** Throws SimulatorRefusal 507 when the ledger is full. */
  receive(phoneNumberId: string, body: unknown): HttpAnswer {
    if (isObject(body) && body.status === 'read') return { does: 'answer', httpStatus: 200, body: '{"success":true}' };
    const reading = readSendRequest(body, this.#parts.templates(), this.#parts.waIdOf);
    if ('error' in reading) return this.refuse(reading.error);
    const request = reading.value;
    this.#parts.ledger.requireRoom(phoneNumberId);
    const limit = this.#parts.limiter.admit(phoneNumberId, request.waId, Date.now());
    if (limit !== undefined) return this.refuse(providerError(limit));
    const fault = this.#drawFault(request);
    if (fault?.kind === 'resetBeforeAcceptance') return { does: 'reset' };
    if (fault?.kind === 'refuse') return this.#refuseByFault(fault);
    const refusal = this.#whyNot(phoneNumberId, request);
    if (refusal) return this.refuse(refusal);
    return this.#answerAccepted(request, this.#accept(phoneNumberId, request), fault);
  }

  refuse(error: ProviderError): HttpAnswer {
    this.#refusals.set(error.code, (this.#refusals.get(error.code) ?? 0) + 1);
    return { does: 'answer', httpStatus: error.httpStatus, body: JSON.stringify(errorBody(error)) };
  }

  #drawFault(request: SendRequest): FaultRule | undefined {
    if (this.#parts.faults.isEmpty) return undefined;
    return this.#parts.faults.draw(REQUEST_FAULTS, { address: request.waId, communicationId: request.communicationId });
  }

  #refuseByFault(fault: FaultRule): HttpAnswer {
    const code = fault.code ?? (fault.httpStatus === 429 ? 130429 : 131000);
    const answer = this.refuse(providerError(code, undefined, fault.httpStatus));
    if (answer.does === 'reset') return answer;
    return { ...answer, body: fault.bare ? '' : answer.body, retryAfterSeconds: fault.retryAfterSeconds };
  }

  /** What the person's nature and the service window have against this message. */
  #whyNot(phoneNumberId: string, request: SendRequest): ProviderError | undefined {
    if (!this.#parts.isManual()) {
      const { kind } = this.#parts.personAt(request.waId);
      if (kind === 'invalidRefused') return providerError(131026);
      if (kind === 'providerErrorOnce' && this.#errsFor(request.waId)) return providerError(131016);
    }
    const windows = this.#parts.windows;
    const needsWindow = request.content.type === 'text' && windows !== null;
    return needsWindow && !windows.isOpen(phoneNumberId, request.waId, Date.now()) ? providerError(131047) : undefined;
  }

  #errsFor(waId: string): boolean {
    if (this.#erredOnce.has(waId) || this.#erredOnce.size >= this.#parts.peopleMax) return false;
    this.#erredOnce.add(waId);
    return true;
  }

  #accept(phoneNumberId: string, request: SendRequest): number {
    const { ledger, faults } = this.#parts;
    const isManual = this.#parts.isManual();
    const subject = { address: request.waId, communicationId: request.communicationId };
    const fate = isManual || faults.isEmpty ? undefined : faults.draw(FATE_FAULTS, subject);
    const row = ledger.accept({
      communicationId: request.communicationId,
      waId: request.waId,
      phoneNumberId,
      personKind: this.#parts.personAt(request.waId).kind,
      content: request.content,
      acceptedAtMs: Date.now(),
      isToldBackwards: fate?.kind === 'reversedStatuses',
      failsWithCode: fate?.kind === 'reportFailure' ? (fate.code ?? 131000) : 0,
    });
    if (!isManual) this.#parts.follow(row);
    return row;
  }

  #answerAccepted(request: SendRequest, row: number, fault: FaultRule | undefined): HttpAnswer {
    if (fault?.kind === 'resetAfterAcceptance') return { does: 'reset' };
    if (fault?.kind === 'errorAfterAcceptance') {
      const error = providerError(fault.code ?? 131000, undefined, fault.httpStatus);
      const body = fault.bare ? '' : JSON.stringify(errorBody(error));
      return { does: 'answer', httpStatus: error.httpStatus, body, retryAfterSeconds: fault.retryAfterSeconds };
    }
    const body = acceptedBody(request, this.#parts.ledger.messageIdOf(row));
    if (fault?.kind !== 'slowAnswer') return { does: 'answer', httpStatus: 200, body };
    return { does: 'answer', httpStatus: 200, body, delayMs: fault.delayMs ?? SLOW_ANSWER_MS_DEFAULT };
  }
}

/** Written by hand, since it is made for every message; only `to` may hold characters that JSON escapes. */
function acceptedBody(request: SendRequest, messageId: string): string {
  const contact = `{"input":${JSON.stringify(request.to)},"wa_id":"${request.waId}"}`;
  return `{"messaging_product":"whatsapp","contacts":[${contact}],"messages":[{"id":"${messageId}","message_status":"accepted"}]}`;
}
