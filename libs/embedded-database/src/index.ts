export { startEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedDatabaseOptions } from './embedded-database.js';
export { startTestDatabase, type TestDatabase } from './test-database.js';
export { EmbeddedDatabaseError, systemErrorCode, type EmbeddedDatabaseProblem } from './errors.js';
export { claimFolder, type FolderClaim } from './folder-claim.js';
export { removeDataPlace } from './data-place.js';
export { serverSettings, type ServerSettings } from './server-settings.js';
export { giveToOwnerOf, makeOwnedFolder } from './owned-folder.js';
