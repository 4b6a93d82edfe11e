import type { Secret } from './secret.js';

/**
 * One setting, read from an environment variable. Names of our own begin with `POINCIANA_`; a quantity's name ends in its unit.
 * A setting without a default is required unless `required` is false.
 */
interface SettingBase<Value> {
  /** The environment variable. */
  readonly name: string;
  /** One sentence for whoever operates the service. */
  readonly description: string;
  readonly default?: Value;
  readonly required?: boolean;
}

export interface TextSetting extends SettingBase<string> {
  readonly type: 'text';
}
export interface IntegerSetting extends SettingBase<number> {
  readonly type: 'integer';
  readonly min?: number;
  readonly max?: number;
}
export interface SwitchSetting extends SettingBase<boolean> {
  readonly type: 'switch';
}
export interface ChoiceSetting extends SettingBase<string> {
  readonly type: 'choice';
  readonly choices: readonly string[];
}
/** An absolute URL of one of the protocols, such as `postgresql:`. `secret` when it may carry a password. */
export interface UrlSetting extends SettingBase<string> {
  readonly type: 'url';
  readonly protocols: readonly string[];
  readonly secret?: boolean;
}
/** Never printed, never logged. Has no default: a secret that everybody knows is none. */
export interface SecretSetting extends Omit<SettingBase<string>, 'default'> {
  readonly type: 'secret';
  /** Characters at least. */
  readonly lengthMin: number;
}

export type Setting = TextSetting | IntegerSetting | SwitchSetting | ChoiceSetting | UrlSetting | SecretSetting;

type ValueOf<One extends Setting> = One extends IntegerSetting
  ? number
  : One extends SwitchSetting
    ? boolean
    : One extends { readonly type: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : One extends SecretSetting | { readonly type: 'url'; readonly secret: true }
        ? Secret
        : string;

/** The type of the values of a specification's settings. */
export type ValuesOf<Settings extends Readonly<Record<string, Setting>>> = {
  readonly [Name in keyof Settings]: Settings[Name] extends { readonly required: false }
    ? ValueOf<Settings[Name]> | undefined
    : ValueOf<Settings[Name]>;
};

/** Whether a value of it must be kept from print. */
export function isSecret(setting: Setting): boolean {
  return setting.type === 'secret' || (setting.type === 'url' && setting.secret === true);
}
