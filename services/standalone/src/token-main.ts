import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROLES, SystemClock, issueToken } from '@poinciana/service-kit';
import { readTokenSecret } from './data-folder.js';
import { UsageError } from './options.js';
import { sentenceFor } from './sentence.js';
import { defaultWorkspace, tokenRules } from './tokens.js';

const help = `npm run --silent token [-- options]: prints a bearer token for the API of a standalone on this machine

  --role <role>         ${ROLES.join(', ')} (operator)
  --workspace <uuid>    whose data the token opens (${defaultWorkspace})
  --days <number>       how long it lasts (30)
  --data-dir <folder>   of the standalone (.poinciana)
  --help                this text
`;

const secondsADay = 24 * 60 * 60;
const daysMax = 366;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      role: { type: 'string', default: 'operator' },
      workspace: { type: 'string', default: defaultWorkspace },
      days: { type: 'string', default: '30' },
      'data-dir': { type: 'string', default: '.poinciana' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const role = ROLES.find((name) => name === values.role);
  if (role === undefined) throw new UsageError(`The role "${values.role}" is none of ${ROLES.join(', ')}.`);
  const days = Number(values.days);
  if (!(days > 0 && days <= daysMax)) throw new UsageError(`A token lasts more than 0 and at most ${daysMax} days.`);
  const dataDir = resolve(values['data-dir']);
  const secret = readTokenSecret(dataDir);
  if (secret === undefined) throw new UsageError(`No standalone was ever started in ${dataDir}; npm start does.`);
  const caller = { workspace: values.workspace, role, subject: 'standalone' };
  process.stdout.write(`${await issueToken(tokenRules(secret), caller, days * secondsADay, new SystemClock())}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceFor(error, undefined)}\n`);
  process.exitCode = 1;
});
