import { help, readOptions, type StandaloneOptions } from './options.js';
import { sentenceFor } from './sentence.js';
import { services } from './services.js';
import { startStandalone, type Standalone } from './standalone.js';
import { stopOnSignals } from './stop-signals.js';

const beginning = performance.now();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

function welcome(url: string, options: StandaloneOptions): string {
  const seconds = ((performance.now() - beginning) / 1000).toFixed(1);
  const token = options.dataDir.endsWith('/.poinciana') ? '' : ` -- --data-dir ${options.dataDir}`;
  return [
    `Poinciana is ready: started in ${seconds} s.`,
    `  API        ${url}/api`,
    ...services.map(({ prefix, name }) => `  API pages  ${url}/api/${prefix}/docs (${name})`),
    `  Health     ${url}/health/ready`,
    `  Metrics    ${url}/metrics`,
    `  Token      npm run --silent token${token}`,
    `  Data       ${options.databaseUrl === undefined ? options.dataDir : 'in the database you named'}`,
    ...(options.testClock === undefined ? [] : [`  Time       stands at ${options.testClock.toISOString()}`]),
    'Ctrl-C stops it.',
  ].join('\n');
}

/** Starts, and answers with how to end; a failure while it runs ends it too. */
async function main(): Promise<void> {
  let options: StandaloneOptions | undefined;
  try {
    options = readOptions(process.argv.slice(2), process.env);
    if (options === undefined) say(help);
    else await live(options);
  } catch (error) {
    complain(sentenceFor(error, options));
    process.exitCode = 1;
  }
}

async function live(options: StandaloneOptions): Promise<void> {
  const starting = startStandalone(options, {
    environment: process.env,
    onNotice: complain,
    onFailure: (error) => {
      complain(sentenceFor(error, options));
      void end(starting, options, 1);
    },
  });
  stopOnSignals(() => {
    say('Stopping: requests first, then consumers, then the database …');
    void end(starting, options, 0);
  });
  const { url, startDemo } = await starting;
  say(welcome(url, options));
  if (options.demo && options.testClock === undefined) await startDemo(say);
}

/** Ends the process in order. A start that is under way is finished first: half of one cannot be stopped in order. */
async function end(starting: Promise<Standalone>, options: StandaloneOptions, exitCode: number): Promise<void> {
  try {
    await (await starting).stop();
    process.exitCode = exitCode;
    if (exitCode === 0) say('Stopped.');
  } catch (error) {
    complain(sentenceFor(error, options));
    process.exitCode = 1;
  }
  process.exit();
}

await main();
