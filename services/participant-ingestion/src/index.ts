import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '@poinciana/service-kit';
import { ParticipantIngestionModule } from './participant-ingestion.module.js';
import { type IngestionSettings, ingestionSettings } from './settings.js';

/** Uploads, participants and customers. */
export const participantIngestion: ServiceDefinition<IngestionSettings> = {
  name: 'participant-ingestion',
  description: 'Uploads, participants and customers',
  prefix: 'ingest',
  schema: 'participant_ingestion',
  migrations: migrationsFolder(),
  settings: ingestionSettings,
  module: (ports) => ParticipantIngestionModule.of(ports),
};

/** The migrations lie beside `src`; what runs is either that or `dist/src`. */
function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
}
