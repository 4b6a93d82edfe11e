import { readSetting, type SettingValue } from './read-setting.js';
import { isSecret, type Setting, type ValuesOf } from './setting.js';

/** What `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names that begin so belong to us, and each must be known. */
const OWN_PREFIX = 'POINCIANA_';

/** The settings of one part of a process, and how they are read. */
export interface SettingsSpecification<Settings extends object> {
  readonly entries: Readonly<Record<string, Setting>>;
  /** Throws `SettingsError` with everything that is wrong. */
  read(environment: Environment): Settings;
}

/** The values that a specification reads. */
export type SettingsOf<Specification> = Specification extends SettingsSpecification<infer Settings> ? Settings : never;

/** Everything that is wrong with a configuration, one sentence each. Never holds the value of a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Makes a specification out of settings by the name under which the code asks for them. */
export function specifySettings<const Entries extends Readonly<Record<string, Setting>>>(
  entries: Entries,
): SettingsSpecification<ValuesOf<Entries>> {
  return {
    entries,
    read: (environment) => {
      const problems: string[] = [];
      const values: Record<string, SettingValue> = {};
      for (const [key, setting] of Object.entries(entries)) {
        const outcome = readSetting(setting, environment[setting.name]);
        if ('problem' in outcome) problems.push(outcome.problem);
        else values[key] = outcome.value;
      }
      if (problems.length > 0) throw new SettingsError(problems);
      return Object.freeze(values) as ValuesOf<Entries>;
    },
  };
}

/** For whoever has nothing to set. */
export const NO_SETTINGS = specifySettings({});

/**
 * Checks the configuration of a whole process at once, before any part of it starts. Throws `SettingsError` that names
 * every missing and invalid setting of every specification, and every `POINCIANA_*` name that none of them knows.
 */
export function checkSettings(
  environment: Environment,
  specifications: readonly SettingsSpecification<object>[],
): void {
  const settings = specifications.flatMap((specification) => Object.values(specification.entries));
  const known = new Set(settings.map((setting) => setting.name));
  const problems = settings
    .map((setting) => readSetting(setting, environment[setting.name]))
    .flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []));
  for (const name of Object.keys(environment)) {
    if (name.startsWith(OWN_PREFIX) && !known.has(name)) problems.push(`${name} is not a setting of this process.`);
  }
  if (problems.length > 0) throw new SettingsError([...new Set(problems)]);
}

/** A line of the list of settings, as `--help` and the documents show it. */
export interface SettingDescription {
  readonly name: string;
  readonly type: Setting['type'];
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | undefined;
  readonly description: string;
}

/** Every setting of these specifications, each name once, sorted by name. */
export function describeSettings(
  specifications: readonly SettingsSpecification<object>[],
): readonly SettingDescription[] {
  const byName = new Map<string, SettingDescription>();
  for (const setting of specifications.flatMap((specification) => Object.values(specification.entries))) {
    const standard = 'default' in setting ? setting.default : undefined;
    byName.set(setting.name, {
      name: setting.name,
      type: setting.type,
      required: standard === undefined && setting.required !== false,
      secret: isSecret(setting),
      default: standard === undefined || isSecret(setting) ? undefined : String(standard),
      description: setting.description,
    });
  }
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
