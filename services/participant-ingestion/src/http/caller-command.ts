import { type Caller, type RequestIdentity } from '@poinciana/service-kit';
import type { CallerCommand } from '../handlers/caller-command.js';

export function commandOf({ workspace, subject }: Caller, { causation }: RequestIdentity): CallerCommand {
  return { workspace, actor: `user:${subject}`, causation };
}
