import { DomainError } from '@poinciana/event-sourcing';

/** Whether something that was thrown is the refusal with this code. */
export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof DomainError && error.code === code;
}
