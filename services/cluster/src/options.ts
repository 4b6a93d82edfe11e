import { parseArgs } from 'node:util';
import { DEMO_DURATION_SECONDS, DEMO_PEOPLE, DEMO_PEOPLE_MAX, DEMO_PEOPLE_MIN } from '@poinciana/standalone';

const PORT_MAX = 65_535;
const DURATION_SECONDS_MAX = 3_600;

/** What somebody wrote at the terminal, understood. */
export interface TerminalOptions {
  readonly port: number;
  readonly demo: boolean;
  /** End when the demo has. */
  readonly demoOnly: boolean;
  readonly people: number;
  readonly durationSeconds: number;
}

/** What was written makes no sense. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `npm run cluster [-- options]: every service as processes of its own, Kafka between them, and the demo through it

  --port <number>      port of the front door to all services (3000; 0 takes any free one)
  --people <number>    rows of the demo's file (${DEMO_PEOPLE})
  --duration <seconds> how long the demo's conversations stay open (${DEMO_DURATION_SECONDS})
  --no-demo            without the demo
  --demo-only          end when the demo has ended; the exit code is 0 when it came to its table
  --help               this text

Needs Java 17 or newer and Maven, or Docker, for the broker. Everything begins anew with every start; Ctrl-C ends all of it.`;

/** Undefined when help was asked for. Throws UsageError. */
export function readOptions(parameters: string[]): TerminalOptions | undefined {
  const values = parse(parameters);
  if (values.help) return undefined;
  if (values['no-demo'] && values['demo-only']) throw new UsageError('--no-demo and --demo-only exclude each other.');
  return {
    port: readNumber('--port', values.port, 0, PORT_MAX),
    demo: !values['no-demo'],
    demoOnly: values['demo-only'],
    people: readNumber('--people', values.people, DEMO_PEOPLE_MIN, DEMO_PEOPLE_MAX),
    durationSeconds: readNumber('--duration', values.duration, 1, DURATION_SECONDS_MAX),
  };
}

function parse(parameters: string[]) {
  try {
    return parseArgs({
      args: parameters,
      strict: true,
      options: {
        port: { type: 'string', default: '3000' },
        people: { type: 'string', default: String(DEMO_PEOPLE) },
        duration: { type: 'string', default: String(DEMO_DURATION_SECONDS) },
        'no-demo': { type: 'boolean', default: false },
        'demo-only': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // parseArgs says precisely what it met; the rest of its advice is about its own programming interface.
    const said =
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
    throw new UsageError(`${said.split(/[.'] To specify|\. |\n/)[0]}. See npm run cluster -- --help.`);
  }
}

function readNumber(option: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= min && number <= max) return number;
  throw new UsageError(`${option} is a whole number from ${min} to ${max}, not "${text}".`);
}
