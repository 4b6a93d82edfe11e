import type { Pool } from 'pg';

/** No category has it, so nothing is found under it. */
export const NO_CATEGORY = 0;

/** More categories than Poinciana will ever have; a category is part of the program, never of its input. */
const CATEGORIES_MAX = 1_000;

interface CategoryRow {
  readonly code: number;
  readonly name: string;
}

/** The numbers of the categories, which never change once given; unknown ones are looked up again. */
export class StreamCategories {
  private readonly codes = new Map<string, number>();
  private readonly names = new Map<number, string>();

  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** The codes of categories to read; NO_CATEGORY for one that nothing was ever appended to. */
  async toRead(categories: Iterable<string>): Promise<(category: string) => number> {
    if (this.missing(categories).length > 0) await this.load();
    return (category) => this.codes.get(category) ?? NO_CATEGORY;
  }

  /** The codes of categories to append to; new ones get their numbers now. */
  async toAppend(categories: Iterable<string>): Promise<(category: string) => number> {
    await this.toRead(categories);
    const unknown = this.missing(categories);
    if (unknown.length > 0) await this.add(unknown);
    return (category) => {
      const code = this.codes.get(category);
      if (code === undefined) throw new Error(`The category ${category} has no number`);
      return code;
    };
  }

  /** The names of all codes; those of `codes` are known for sure. */
  async namesOf(codes: Iterable<number>): Promise<(code: number) => string> {
    for (const code of codes) {
      if (!this.names.has(code)) await this.load();
    }
    return (code) => {
      const name = this.names.get(code);
      if (name === undefined) throw new Error(`No category has the number ${code}`);
      return name;
    };
  }

  private missing(categories: Iterable<string>): readonly string[] {
    return [...new Set(categories)].filter((category) => !this.codes.has(category));
  }

  private async load(): Promise<void> {
    const { rows } = await this.pool.query<CategoryRow>('SELECT code, name FROM event_log.categories LIMIT $1', [
      CATEGORIES_MAX,
    ]);
    for (const { code, name } of rows) {
      this.codes.set(name, code);
      this.names.set(code, name);
    }
  }

  private async add(names: readonly string[]): Promise<void> {
    if (this.codes.size + names.length > CATEGORIES_MAX) throw new RangeError(`More than ${CATEGORIES_MAX} categories`);
    await this.pool.query('INSERT INTO event_log.categories (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
      names,
    ]);
    await this.load();
  }
}
