import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultWorkspace } from '../tokens.js';
import { UsageError } from '../options.js';

export const help = `npm run poinciana -- <command> [options]: operates the read models and the consumers

  rebuild                 builds all read models again from the log and swaps them in; goes on with one that was interrupted
  verify                  computes them from the log and compares; exit code 1 and the first difference when they differ
  dead-letters            lists what consumers could not handle
  dead-letters replay     handles the parked events of a key again: --group and --key

  --data-dir <folder>     of a standalone on this machine, running or not (.poinciana)
  --url <address>         of an API that runs somewhere else; the token is read from POINCIANA_TOKEN
  --workspace <uuid>      whose rows are shown (${defaultWorkspace})
  --group <name>          of one consumer group, such as analytics-projections.participants
  --key <uuid>            the key to replay
  --json                  the answer as JSON
  --help                  this text
`;

export type Command = 'rebuild' | 'verify' | 'dead-letters' | 'dead-letters replay';

/** What somebody wrote at the terminal, understood. */
export interface OperationOptions {
  readonly command: Command;
  readonly dataDir: string;
  readonly url: string | undefined;
  readonly workspace: string;
  readonly group: string | undefined;
  readonly key: string | undefined;
  readonly json: boolean;
}

const COMMANDS: readonly string[] = ['rebuild', 'verify', 'dead-letters', 'dead-letters replay'] satisfies Command[];

/** Undefined when help was asked for. Throws a UsageError. */
export function readCommandLine(parameters: readonly string[]): OperationOptions | undefined {
  const { values, positionals } = parse(parameters);
  if (values.help || positionals.length === 0) return undefined;
  const command = positionals.join(' ');
  if (!isCommand(command)) throw new UsageError(`There is no command "${command}". See npm run poinciana -- --help.`);
  const { group, key, url, workspace, json } = values;
  const options = { command, dataDir: resolve(values['data-dir']), url, workspace, group, key, json };
  assertSense(options);
  return options;
}

function assertSense({ command, group, key, url }: OperationOptions): void {
  if (command === 'dead-letters replay' && (group === undefined || key === undefined))
    throw new UsageError('A replay needs --group and --key, as npm run poinciana -- dead-letters lists them.');
  if (url !== undefined && !URL.canParse(url)) throw new UsageError(`"${url}" is no address.`);
}

function isCommand(text: string): text is Command {
  return COMMANDS.includes(text);
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string', default: '.poinciana' },
        url: { type: 'string' },
        workspace: { type: 'string', default: defaultWorkspace },
        group: { type: 'string' },
        key: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${said.split(/[.'] To specify|\. |\n/)[0]}. See npm run poinciana -- --help.`);
  }
}
