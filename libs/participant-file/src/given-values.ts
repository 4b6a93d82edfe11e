import type { FieldValue } from '@poinciana/campaign-definition';

/** Values by field name; null clears what is stored (A22). */
export type GivenValues = Readonly<Record<string, FieldValue | null>>;
