import { isJsonObject, ownMember, type JsonObject, type JsonValue } from '../json.js';

/** One setting that is empty or unusable. */
export interface SettingProblem {
  readonly code: 'missing_setting' | 'invalid_value';
  readonly setting: string;
  /** The setting as the panel calls it. */
  readonly title: string;
}

/** Settings as far as they could be read. */
export type Draft<Settings> = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsReading<Settings> {
  readonly draft: Draft<Settings>;
  readonly problems: readonly SettingProblem[];
}

const TEXT_MAX = 4_096;

/** Reads the members of one settings object and collects what is missing or unusable. */
export class SettingsReader {
  constructor(
    private readonly settings: JsonObject,
    readonly problems: SettingProblem[] = [],
    private readonly path = '',
  ) {}

  missing(setting: string, title: string): undefined {
    this.problems.push({ code: 'missing_setting', setting: this.path + setting, title });
    return undefined;
  }

  invalid(setting: string, title: string): undefined {
    this.problems.push({ code: 'invalid_value', setting: this.path + setting, title });
    return undefined;
  }

  raw(setting: string): JsonValue | undefined {
    const value = ownMember(this.settings, setting);
    return value === null || value === '' ? undefined : value;
  }

  has(setting: string): boolean {
    return this.raw(setting) !== undefined;
  }

  requiredText(setting: string, title: string, max = TEXT_MAX): string | undefined {
    return this.has(setting) ? this.text(setting, title, max) : this.missing(setting, title);
  }

  text(setting: string, title: string, max = TEXT_MAX): string | undefined {
    const value = this.raw(setting);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value.length > max) return this.invalid(setting, title);
    return value.trim() === '' ? this.missing(setting, title) : value;
  }

  choice<Choice extends string>(setting: string, title: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.raw(setting);
    if (value === undefined) return undefined;
    return choices.find((choice) => choice === value) ?? this.invalid(setting, title);
  }

  /** A finite number within bounds, both included. */
  number(setting: string, title: string, min: number, max: number): number | undefined {
    const value = this.raw(setting);
    if (value === undefined) return undefined;
    return typeof value === 'number' && value >= min && value <= max ? value : this.invalid(setting, title);
  }

  /** A reader of a member that is an object; problems are collected in the same list. */
  group(setting: string, title: string): SettingsReader | undefined {
    const value = this.raw(setting);
    if (value === undefined) return undefined;
    return isJsonObject(value)
      ? new SettingsReader(value, this.problems, `${this.path}${setting}.`)
      : this.invalid(setting, title);
  }

  /** The members of a list, each by a reader of its own where it is an object. */
  list(setting: string, title: string, max: number): readonly SettingsReader[] | undefined {
    const value = this.raw(setting);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length > max) return this.invalid(setting, title);
    const readers: SettingsReader[] = [];
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      if (!isJsonObject(item)) return this.invalid(`${setting}.${index}`, title);
      readers.push(new SettingsReader(item, this.problems, `${this.path}${setting}.${index}.`));
    }
    return readers;
  }

  names(): readonly string[] {
    return Object.keys(this.settings);
  }
}
