import { expect } from '@jest/globals';
import { CAMPAIGN } from './fixtures.js';
import type { ImporterProcess } from './importer-process.js';
import type { ImportWorld } from './import-world.js';

/** An upload as it is answered. */
export interface UploadState {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly waiting?: { readonly code: string; readonly detail: string };
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly warned: number;
}

/** Sends a file to the one campaign. */
export async function uploaded(importer: ImporterProcess, csv: string): Promise<UploadState> {
  const form = new FormData();
  form.append('file', new Blob([csv]), 'people.csv');
  return importer.call<UploadState>('POST', `${CAMPAIGN}/uploads`, form);
}

/** The upload when it is over, however long its database is away. */
export async function ended(world: ImportWorld, importer: ImporterProcess, id: string): Promise<UploadState> {
  // While its database is away, it cannot be asked.
  const state = () => importer.call<UploadState>('GET', `${CAMPAIGN}/uploads/${id}`);
  await world.until(async () => (await state().catch(() => undefined))?.status.startsWith('Processing') === false);
  return state();
}

/** How an upload ended; its counters add up. */
export const countsOf = ({ status, rows, created, updated, unchanged, failed, warned }: UploadState) => {
  expect(created + updated + unchanged + failed).toBe(rows);
  return { status, rows, created, updated, unchanged, failed, warned };
};
