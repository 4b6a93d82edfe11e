import { Secret } from './secret.js';
import { isSecret, type Setting } from './setting.js';

export type SettingValue = string | number | boolean | Secret | undefined;
export type SettingOutcome = { readonly value: SettingValue } | { readonly problem: string };

const INTEGER = /^-?\d{1,15}$/;

/** The value of one setting, or one sentence about what is wrong with it. The sentence never repeats a secret. */
export function readSetting(setting: Setting, text: string | undefined): SettingOutcome {
  if (text === undefined || text === '') return absent(setting);
  const problem = problemOf(setting, text);
  return problem === undefined ? { value: convert(setting, text) } : { problem: `${setting.name} ${problem}` };
}

function absent(setting: Setting): SettingOutcome {
  if ('default' in setting && setting.default !== undefined) {
    return { value: isSecret(setting) ? new Secret(String(setting.default)) : setting.default };
  }
  if (setting.required === false) return { value: undefined };
  return { problem: `${setting.name} is missing: ${setting.description}` };
}

function convert(setting: Setting, text: string): SettingValue {
  if (setting.type === 'integer') return Number(text);
  if (setting.type === 'switch') return text === 'true';
  return isSecret(setting) ? new Secret(text) : text;
}

function problemOf(setting: Setting, text: string): string | undefined {
  switch (setting.type) {
    case 'integer':
      return integerProblem(text, setting.min ?? Number.MIN_SAFE_INTEGER, setting.max ?? Number.MAX_SAFE_INTEGER);
    case 'switch':
      return text === 'true' || text === 'false' ? undefined : `must be true or false, not ${quote(text)}.`;
    case 'choice':
      return setting.choices.includes(text)
        ? undefined
        : `must be one of ${setting.choices.join(', ')}, not ${quote(text)}.`;
    case 'url':
      return setting.protocols.includes(protocolOf(text))
        ? undefined
        : `must be an address that begins with ${setting.protocols.map((protocol) => `${protocol}//`).join(' or ')}.`;
    case 'secret':
      return text.length >= setting.lengthMin ? undefined : `must have at least ${setting.lengthMin} characters.`;
    case 'text':
      return undefined;
  }
}

function integerProblem(text: string, min: number, max: number): string | undefined {
  const value = Number(text);
  if (INTEGER.test(text) && value >= min && value <= max) return undefined;
  return `must be a whole number from ${min} to ${max}, not ${quote(text)}.`;
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
