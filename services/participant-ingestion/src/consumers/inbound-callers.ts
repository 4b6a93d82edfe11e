import { type ForeignRecord, headerOf } from '@poinciana/messaging-kafka';
import { type Caller, readToken, type TokenRules } from '@poinciana/service-kit';

const BEARER = /^bearer /i;

/**
 * Says who wrote a record, by its header `authorization`. A token counts when it was valid at the moment at which the brokers took the
 * record, so one that waits is not refused for waiting, and a repetition answers as the first time.
 */
export class InboundCallers {
  /** Those of one batch: producers sign many records with one token, and the brokers stamp many at once. */
  private readonly known = new Map<string, Promise<Caller | undefined>>();

  constructor(private readonly rules: TokenRules) {}

  of(record: ForeignRecord): Promise<Caller | undefined> {
    const header = headerOf(record, 'authorization');
    if (header === undefined || !BEARER.test(header)) return Promise.resolve(undefined);
    const token = header.replace(BEARER, '').trim();
    const name = `${record.timestamp} ${token}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const now = () => new Date(record.timestamp);
    const caller = readToken(this.rules, token, { now });
    this.known.set(name, caller);
    return caller;
  }
}
