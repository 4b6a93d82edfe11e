import { csvLine } from '@poinciana/campaign-definition';

/** A line of the errors report, safe against formulas. */
export const problemsLine = csvLine;

export const PROBLEMS_HEADER = problemsLine(['row', 'field', 'value', 'code', 'reason']);
