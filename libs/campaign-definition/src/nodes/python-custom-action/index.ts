import { OUT, type NodeType } from '../node-type.js';
import { SettingsReader } from '../settings-reader.js';

export interface PythonActionSettings {
  /** Defines `run(participant, customer, communication, now, today, log)`, which returns field changes or None (A78). */
  readonly script: string;
}

export const SCRIPT_MAX = 50_000;
const ENTRY_POINT = /^def[ \t]+run[ \t]*\(/m;

export const pythonCustomAction: NodeType<PythonActionSettings> = {
  type: 'python-custom-action',
  kind: 'action',
  title: 'Python Custom Action',
  howItWorks: 'Runs a Python script that returns field changes. All of them take effect, or none.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    return { draft: { script: reader.requiredText('script', 'Script', SCRIPT_MAX) }, problems: reader.problems };
  },
  check: ({ script }, check) => {
    check.python('script');
    if (script !== undefined && !ENTRY_POINT.test(script)) check.add('script_without_run', 'script');
  },
  summary: ({ script }) => {
    const lines = script?.trim().split('\n').length ?? 0;
    return `Run a Python script of ${lines} line${lines === 1 ? '' : 's'}`;
  },
};
