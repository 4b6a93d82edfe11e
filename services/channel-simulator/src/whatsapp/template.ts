/** A message template of the account. The body has `{{1}}`, `{{2}}`, … or named places such as `{{first_name}}`, never both. */
export interface MessageTemplate {
  /** Lower case letters, digits and underscores. */
  readonly name: string;
  /** For example `en` or `en_US`. */
  readonly language: string;
  readonly status: 'APPROVED' | 'PAUSED' | 'DISABLED' | 'PENDING' | 'REJECTED';
  readonly category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  readonly body: string;
}

export const DEFAULT_TEMPLATES: readonly MessageTemplate[] = [
  {
    name: 'payment_reminder',
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    body: 'Hello {{1}}, your payment of {{2}} is due on {{3}}. Reply here if you have a question.',
  },
  {
    name: 'payment_follow_up',
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    body: 'Hello {{1}}, we have not heard from you about your payment of {{2}}. Can we help?',
  },
  {
    name: 'appointment',
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    body: 'Hello {{first_name}}, see you on {{day}}.',
  },
  { name: 'hello_world', language: 'en_US', status: 'APPROVED', category: 'UTILITY', body: 'Hello World' },
  {
    name: 'spring_offer',
    language: 'en',
    status: 'PAUSED',
    category: 'MARKETING',
    body: 'Hello {{1}}, spring is here.',
  },
  { name: 'old_offer', language: 'en', status: 'DISABLED', category: 'MARKETING', body: 'Hello {{1}}, this is over.' },
];

/** JSON Schema of a MessageTemplate. */
export const messageTemplateSchema = {
  type: 'object',
  required: ['name', 'language', 'status', 'category', 'body'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9_]{1,512}$' },
    language: { type: 'string', pattern: '^[a-z]{2,3}(_[A-Z]{2})?$' },
    status: { enum: ['APPROVED', 'PAUSED', 'DISABLED', 'PENDING', 'REJECTED'] },
    category: { enum: ['UTILITY', 'MARKETING', 'AUTHENTICATION'] },
    body: { type: 'string', minLength: 1, maxLength: 1024 },
  },
} as const;

const PLACE = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** The places of a body, each once, in the order in which they are first met. */
export function placesOf(body: string): string[] {
  return [...new Set([...body.matchAll(PLACE)].map((match) => match[1] as string))];
}

/** A template made ready for filling in: done once, because it is filled in for every message. */
export interface PreparedTemplate {
  readonly template: MessageTemplate;
  readonly places: readonly string[];
  /** The body with `values` at their places. */
  fillIn(values: Readonly<Record<string, string>>): string;
}

function prepare(template: MessageTemplate): PreparedTemplate {
  // Splitting at a pattern with one group leaves text and places in turn.
  const parts = template.body.split(PLACE);
  return {
    template,
    places: placesOf(template.body),
    fillIn: (values) => {
      let text = '';
      for (const [index, part] of parts.entries()) text += index % 2 === 0 ? part : (values[part] ?? '');
      return text;
    },
  };
}

/** The account's templates, found by name and language. */
export class TemplateCollection {
  readonly #templates: readonly MessageTemplate[];
  readonly #found = new Map<string, PreparedTemplate>();

  constructor(templates: readonly MessageTemplate[]) {
    this.#templates = templates;
    for (const template of templates) {
      this.#found.set(`${template.name} ${template.language}`, prepare(template));
    }
  }

  find(name: string, language: string): PreparedTemplate | undefined {
    return this.#found.get(`${name} ${language}`);
  }

  list(): readonly MessageTemplate[] {
    return this.#templates;
  }
}
