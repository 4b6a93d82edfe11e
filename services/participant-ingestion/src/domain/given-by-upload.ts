import type { FieldValue } from '@poinciana/campaign-definition';
import type { JsonObject } from '@poinciana/event-sourcing';
import { storedValue } from './changes.js';

/** What an event says about values: which it changed, and what stood there before. */
export interface ToldChange {
  readonly changed: readonly string[];
  readonly previous: JsonObject;
}

/** Those values of one person that an upload gave and nobody changed since, with what stood there before. */
export class GivenByUpload {
  /** By field name; null where there was nothing. */
  readonly before = new Map<string, FieldValue | null>();
  /** Fields that the upload gave a value, and somebody else another one afterwards. */
  readonly changedSince = new Set<string>();

  take({ changed, previous }: ToldChange, isUploads: boolean): void {
    for (const name of changed) {
      if (isUploads) this.give(name, previous);
      else if (this.before.delete(name)) this.changedSince.add(name);
    }
  }

  clear(): void {
    this.before.clear();
    this.changedSince.clear();
  }

  /** A second value by the same upload leaves what stood before the first. */
  private give(name: string, previous: JsonObject): void {
    this.changedSince.delete(name);
    if (!this.before.has(name)) this.before.set(name, (storedValue(previous, name) ?? null) as FieldValue | null);
  }
}
