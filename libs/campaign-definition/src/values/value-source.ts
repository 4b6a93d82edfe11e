import type { CampaignContext } from '../campaign-context.js';
import { describeOffset, type Offset } from './offset.js';
import { propertyTitle, type PropertyReference } from './property.js';

/** Where a value comes from: typed, another property, Today, or a Python expression. */
export type ValueSource =
  | { readonly source: 'static'; readonly value: string | number | boolean }
  | { readonly source: 'property'; readonly property: PropertyReference }
  | { readonly source: 'today'; readonly offset?: Offset }
  | { readonly source: 'python'; readonly expression: string };

/** The source in words: `3`, `Due Date`, `Today + 3 days`. */
export function describeSource(source: ValueSource, context: CampaignContext): string {
  switch (source.source) {
    case 'static':
      return String(source.value);
    case 'property':
      return propertyTitle(source.property, context);
    case 'today':
      return `Today${describeOffset(source.offset)}`;
    case 'python':
      return 'a Python expression';
  }
}
