/** Errors of a broker that concern the records which were sent, not the place they were sent to. */
const FAULTS_OF_RECORDS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
]);
const CAUSES_MAX = 5;

export type SendFault = 'records' | 'retriable' | 'refused';

/** What is to be done about an error of a send: divide the records, try again soon, or call somebody and try again later. */
export function faultOf(error: unknown): SendFault {
  let current = error;
  for (let depth = 0; depth < CAUSES_MAX && current instanceof Object; depth += 1) {
    const { type, retriable, cause } = current as { type?: unknown; retriable?: unknown; cause?: unknown };
    if (typeof type === 'string' && FAULTS_OF_RECORDS.has(type)) return 'records';
    if (cause === undefined || cause === current) return retriable === false ? 'refused' : 'retriable';
    current = cause;
  }
  return 'retriable';
}
