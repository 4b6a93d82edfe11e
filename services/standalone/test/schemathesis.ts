import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The tool that sends what a document allows, and what it does not, and holds the answers to it; and what installs it quickly. */
const SCHEMATHESIS = 'schemathesis==4.32.5';
const INSTALLER = 'uv==0.13.9';
const INSTALL_MS_MAX = 120_000;
const RUN_MS_MAX = 240_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
].join(',');
/** So many random requests an operation, beside all the examples and every bound that is covered. No bound is a time. */
const EXAMPLES = 2;
/** Streams of server-sent events about a campaign have no end. */
const ENDLESS = '/live$';
/** Media types of bodies that the tool does not know: any bytes, and any text. */
const SERIALIZERS = `import schemathesis
schemathesis.serializer.alias(["application/offset+octet-stream", "application/zip"], "application/octet-stream")
schemathesis.serializer.alias(["application/x-ndjson"], "text/plain")
`;

/** Methods that a path does not have are all refused at one place: one of them an operation is enough. */
const COVERAGE = '[phases.coverage]\nunexpected-methods = ["DELETE"]';

/** How a run of the tool ended. */
export interface Held {
  readonly code: number;
  readonly output: string;
}

/** What stands in place of the parameters of an operation, by its name such as `GET /api/views/people`. */
export type Filled = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Schemathesis in an environment of its own, which ends with it. It needs Python with its module venv. */
export class Schemathesis {
  readonly #folder = mkdtempSync(join(tmpdir(), 'schemathesis-'));

  /** Throws when it cannot be installed. */
  async install(): Promise<void> {
    const python = join(this.#folder, 'python', 'bin', 'python');
    const steps: readonly [string, ...string[]][] = [
      ['python3', '-m', 'venv', 'python'],
      [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', INSTALLER],
      [python, '-m', 'uv', 'pip', 'install', '--quiet', '--python', python, SCHEMATHESIS],
    ];
    for (const [program, ...parameters] of steps) {
      const { code, output } = await this.run(program, parameters, INSTALL_MS_MAX);
      if (code !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${output}`);
    }
    writeFileSync(join(this.#folder, 'serializers.py'), SERIALIZERS);
  }

  /** Holds a running API to its document. The same document and the same answers make the same requests. */
  async hold(prefix: string, document: string, authorization: string, filled: Filled): Promise<Held> {
    const settings = join(this.#folder, `${prefix}.toml`);
    writeFileSync(settings, settingsOf(filled));
    return this.run(
      join(this.#folder, 'python', 'bin', 'st'),
      [
        ...['--config-file', settings, 'run', document, '--header', `Authorization: ${authorization}`],
        ...['--checks', CHECKS, '--phases', 'examples,coverage,fuzzing', '--max-examples', String(EXAMPLES)],
        ...['--exclude-path-regex', ENDLESS, '--seed', '1', '--no-shrink', '--generation-database', 'none'],
        ...['--continue-on-failure', '--warnings', 'off', '--no-color'],
      ],
      RUN_MS_MAX,
    );
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  private run(program: string, parameters: readonly string[], timeout: number): Promise<Held> {
    const options = { cwd: this.#folder, timeout, maxBuffer: OUTPUT_BYTES_MAX };
    return new Promise((resolve) => {
      execFile(program, parameters, options, (error, output, complaints) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: output + complaints }),
      );
    });
  }
}

/** In the tool's own language of settings; a text of JSON is one of TOML too. */
function settingsOf(filled: Filled): string {
  const operations = Object.entries(filled).map(([name, parameters]) => {
    const values = Object.entries(parameters).map(
      ([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}`,
    );
    return `[[operations]]\ninclude-name = ${JSON.stringify(name)}\nparameters = { ${values.join(', ')} }\n`;
  });
  return ['hooks = "serializers.py"', COVERAGE, ...operations].join('\n\n');
}
