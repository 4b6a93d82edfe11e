import type { SettingsReader } from '../settings-reader.js';

/** One `key=value` of the SIP Parameters. */
export interface SipParameter {
  readonly key: string;
  readonly value: string;
}

export const SIP_PARAMETERS_MAX = 50;
const SIP_TEXT_MAX = 2_048;
const PARAMETERS_TITLE = 'SIP Parameters';
const SIP_SERVER = /^(sips?:)?([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** A host with an optional scheme and port, such as `sip.example.com:5060`. */
export function readSipServer(reader: SettingsReader): string | undefined {
  const server = reader.requiredText('sipServer', 'SIP Server', 255);
  return server === undefined || SIP_SERVER.test(server) ? server : reader.invalid('sipServer', 'SIP Server');
}

/** `key=value;key=value`; a semicolon at the end is allowed, a key twice is not. */
export function readSipParameters(reader: SettingsReader): readonly SipParameter[] {
  const text = reader.text('sipParameters', PARAMETERS_TITLE, SIP_TEXT_MAX);
  if (text === undefined) return [];
  const parameters = parseSipParameters(text);
  return parameters ?? reader.invalid('sipParameters', PARAMETERS_TITLE) ?? [];
}

function parseSipParameters(text: string): readonly SipParameter[] | undefined {
  const parameters: SipParameter[] = [];
  for (const part of text.split(';').map((each) => each.trim())) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(0, equals)).trim();
    const value = part.slice(equals + 1).trim();
    const fits =
      KEY.test(key) && value !== '' && !/\p{Cc}/u.test(value) && parameters.every((each) => each.key !== key);
    if (!fits || parameters.length === SIP_PARAMETERS_MAX) return undefined;
    parameters.push({ key, value });
  }
  return parameters;
}
