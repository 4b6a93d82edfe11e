import { packageFolder } from '@poinciana/service-kit';

/** The PostgreSQL schema that only this service reads and writes. */
export const ANALYTICS_PROJECTIONS_SCHEMA = 'analytics_projections';
export const MIGRATIONS = packageFolder(import.meta.url, 'prisma/migrations');
