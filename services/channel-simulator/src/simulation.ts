import { randomBytes } from 'node:crypto';
import { FaultPlan } from './faults/fault-plan.js';
import { AcceptanceLedger } from './ledger/acceptance-ledger.js';
import type { MessageStatus } from './ledger/accepted-message.js';
import { MessageIds } from './ledger/message-id.js';
import type { Step } from './people/behaviour.js';
import { personOf, type Person } from './people/person.js';
import { Population } from './people/population.js';
import { TurnTaking } from './people/turn-taking.js';
import type { SimulatorMode, SimulatorSettings } from './settings.js';
import { SendLimiter } from './whatsapp/send-limits.js';
import { ServiceWindows } from './whatsapp/service-windows.js';
import { TemplateCollection } from './whatsapp/template.js';
import { waIdBy } from './whatsapp/wa-id.js';
import { WhatsAppProvider } from './whatsapp/whatsapp-provider.js';
import { Notifier } from './webhooks/notifier.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.js';
import { WebhookPost } from './webhooks/webhook-post.js';

/** How often due steps are looked for. */
const BEAT_MS = 10;

/** What a reset replaces. */
interface Course {
  readonly ids: MessageIds;
  readonly ledger: AcceptanceLedger;
  readonly windows: ServiceWindows | null;
  readonly provider: WhatsAppProvider;
  readonly population: Population;
  readonly turns: TurnTaking;
  inbound: number;
}

/** The provider, its people and what is told of them: everything but HTTP. */
export class Simulation {
  readonly settings: SimulatorSettings;
  readonly faults: FaultPlan;
  readonly post: WebhookPost;
  readonly delivery: WebhookDelivery;
  readonly notifier: Notifier;
  readonly waIdOf: (digits: string) => string;
  mode: SimulatorMode;
  templates: TemplateCollection;
  #course: Course;
  readonly #beat: NodeJS.Timeout;

  constructor(settings: SimulatorSettings) {
    this.settings = settings;
    this.mode = settings.mode;
    this.templates = new TemplateCollection(settings.templates);
    this.waIdOf = waIdBy(settings.waIdRule);
    this.faults = new FaultPlan(settings.seed);
    this.post = new WebhookPost(settings.webhookConcurrency);
    const account = {
      businessAccountId: settings.businessAccountId ?? '0',
      displayPhoneNumber: settings.displayPhoneNumber,
    };
    this.delivery = new WebhookDelivery(
      this.post,
      {
        concurrency: settings.webhookConcurrency,
        batchMax: settings.webhookBatchMax,
        retryFirstMs: settings.webhookRetryFirstMs,
        retryMaxMs: settings.webhookRetryMaxMs,
      },
      account,
    );
    this.notifier = new Notifier({ delivery: this.delivery, post: this.post, faults: this.faults, account });
    this.#course = this.#begin();
    this.delivery.setTarget(settings.webhook);
    this.#beat = setInterval(() => this.advance(), BEAT_MS);
  }

  get ledger(): AcceptanceLedger {
    return this.#course.ledger;
  }

  get provider(): WhatsAppProvider {
    return this.#course.provider;
  }

  get population(): Population {
    return this.#course.population;
  }

  personAt(waId: string): Person {
    return personOf(this.settings.seed, waId, this.settings.shares, this.settings.phrases);
  }

  advance(): void {
    const nowMs = Date.now();
    this.#course.population.advance(nowMs);
    this.notifier.advance(nowMs);
  }

  /** Reports a status of an accepted message, in whatever order one likes. */
  report(row: number, status: Exclude<MessageStatus, 'accepted'>, error?: { code: number; details?: string }): void {
    const { ledger } = this.#course;
    ledger.recordStatus(row, status);
    this.notifier.tell({
      about: 'status',
      phoneNumberId: ledger.phoneNumberIdOf(row),
      messageId: ledger.messageIdOf(row),
      waId: ledger.waIdOf(row),
      communicationId: ledger.communicationIdOf(row),
      status,
      ...(error ? { error } : {}),
      atMs: Date.now(),
    });
  }

  /** A person writes to the number; free-form text to them is allowed from now on. Returns the message's id. */
  letWrite(waId: string, text: string, phoneNumberId: string, profileName = `Person ${waId.slice(-4)}`): string {
    const course = this.#course;
    const nowMs = Date.now();
    course.windows?.open(phoneNumberId, waId, nowMs);
    const messageId = course.ids.idOf('i', course.inbound);
    course.inbound += 1;
    this.notifier.tell({ about: 'message', phoneNumberId, messageId, waId, profileName, text, atMs: nowMs });
    return messageId;
  }

  /** Throws SimulatorRefusal 507 when commands have let too many people write. */
  requireRoomForWriter(): void {
    this.#course.windows?.requireRoom();
  }

  get inboundMessages(): number {
    return this.#course.inbound;
  }

  /** Forgets messages, windows, waiting webhooks, counts and faults; mode, templates and receiver stay. */
  reset(): void {
    this.faults.reset();
    this.delivery.clear();
    this.notifier.clear();
    this.#course = this.#begin();
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    this.delivery.clear();
    await this.post.stop();
  }

  #begin(): Course {
    const { settings } = this;
    const ids = new MessageIds(randomBytes(4).toString('hex'));
    const ledger = new AcceptanceLedger(ids, settings.acceptedMax);
    const windows =
      settings.serviceWindowMs === null ? null : new ServiceWindows(settings.serviceWindowMs, settings.acceptedMax);
    const personAt = (waId: string) => this.personAt(waId);
    const population = new Population({
      ledger,
      personAt,
      timeScale: settings.timeScale,
      happenings: { hasRoom: () => this.notifier.hasRoom, happen: (row, step) => this.#happen(row, step) },
    });
    const provider = new WhatsAppProvider({
      ledger,
      faults: this.faults,
      limiter: new SendLimiter(settings),
      windows,
      personAt,
      waIdOf: this.waIdOf,
      templates: () => this.templates,
      isManual: () => this.mode === 'manual',
      follow: (row) => population.follow(row),
      peopleMax: settings.acceptedMax,
    });
    return { ids, ledger, windows, provider, population, turns: new TurnTaking(), inbound: 0 };
  }

  #happen(row: number, step: Step): void {
    if (step.does === 'status') this.report(row, step.status);
    else if (step.does === 'fail') this.report(row, 'failed', { code: step.code });
    else if (this.#course.turns.speaks(this.ledger.waIdOf(row)))
      this.letWrite(this.ledger.waIdOf(row), step.text, this.ledger.phoneNumberIdOf(row));
  }
}
