import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that shows itself only to whoever asks for it by name: JSON, logs and error messages get a placeholder. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
