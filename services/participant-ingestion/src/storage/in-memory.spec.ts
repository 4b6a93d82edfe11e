import { randomUUID } from 'node:crypto';
import { describeCustomerParticipants } from './conformance/customer-participants.js';
import { describeFileStore } from './conformance/file-store.js';
import { describeIdentityKeys } from './conformance/identity-keys.js';
import { describeRequestAnswers } from './conformance/request-answers.js';
import { describeReverts } from './conformance/reverts.js';
import { describeUploadProblems } from './conformance/upload-problems.js';
import { describeUploads } from './conformance/uploads.js';
import { InMemoryCustomerParticipants } from './in-memory-customer-participants.js';
import { InMemoryFileStore } from './in-memory-file-store.js';
import { InMemoryIdentityKeys } from './in-memory-identity-keys.js';
import { InMemoryRequestAnswers } from './in-memory-request-answers.js';
import { InMemoryReverts } from './in-memory-reverts.js';
import { InMemoryUploads } from './in-memory-uploads.js';
import { UPLOAD_LEASE_MS } from './uploads.js';

describeCustomerParticipants(async () => new InMemoryCustomerParticipants(), randomUUID);
describeIdentityKeys(async () => new InMemoryIdentityKeys(), randomUUID);
describeRequestAnswers(async () => new InMemoryRequestAnswers(), randomUUID);
describeFileStore(async () => new InMemoryFileStore());
for (const describeThem of [describeUploads, describeUploadProblems])
  describeThem(async () => {
    let nowMs = 0;
    return { uploads: new InMemoryUploads(() => nowMs), expireLeases: async () => void (nowMs += UPLOAD_LEASE_MS) };
  }, randomUUID);
describeReverts(async () => {
  let nowMs = 0;
  return { reverts: new InMemoryReverts(() => nowMs), expireLeases: async () => void (nowMs += UPLOAD_LEASE_MS) };
}, randomUUID);
