/** The WHERE of a filter, with its values, part by part. */
export class Where {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  get sql(): string {
    return this.parts.join(' AND ');
  }

  /** Adds a part in which every ? is the same value; nothing for a value that is undefined. */
  add(part: string, value: unknown): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.parts.push(part.replaceAll('?', `$${this.values.length}`));
    return this;
  }

  addPlain(part: string): this {
    this.parts.push(part);
    return this;
  }

  /** Puts a value among the parameters, and answers how it is written. */
  readonly place = (value: unknown, type: string): string => {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  };

  /** Only what comes behind a line of the list, in its order. */
  addEnd(
    column: string,
    direction: 'asc' | 'desc',
    end: { readonly value: string; readonly id: string } | undefined,
  ): this {
    if (end === undefined) return this;
    this.values.push(end.value, end.id);
    const beyond = direction === 'asc' ? '>' : '<';
    return this.addPlain(`(${column}, id) ${beyond} ($${this.values.length - 1}, $${this.values.length})`);
  }
}
