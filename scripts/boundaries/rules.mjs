import { builtinModules } from 'node:module';

/** Only standalone and cluster put services together; a benchmark measures them. */
const compositionRoots = new Set(['services/standalone', 'services/cluster', 'bench']);
/** The providers' side: it stands in for the outside world, so that tests of any service may start it. */
const simulator = 'channel-simulator';
const purePlaces = [
  /^services\/[^/]+\/src\/domain\//,
  /^libs\/(campaign-definition|flow-engine|participant-file)\/src\//,
  // derived-id.ts hashes: a function of its parts alone, which Node does four times as fast as a library.
  /^libs\/event-sourcing\/src\/(?!testing\/|conformance\/|derived-id\.ts$)/,
];
/** Libraries that a pure file may use: pure themselves; all but `participant-file` run in a browser too. */
const pureLibraries = new Set([
  'campaign-definition',
  'flow-engine',
  'event-sourcing',
  'contracts',
  'participant-file',
]);
const impurePackages =
  /^(@nestjs\/|@prisma\/|@fastify\/|fastify|pg($|[-/])|kafkajs|ioredis|nodemailer|rxjs|reflect-metadata|class-validator|class-transformer|undici|pino|prom-client|@eventstore\/)/;
const clockFile = 'libs/service-kit/src/clock/clock.ts';
const bannedWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'base', 'manager', 'misc']);
/** Which parts of a service a part may not import: everything runs towards the domain. */
const forbiddenDirections = {
  domain: ['handlers', 'http', 'consumers', 'storage'],
  handlers: ['http', 'consumers'],
  storage: ['http', 'consumers', 'handlers'],
};

/** Each rule: what it is called, and the sentences of what a file does against it. */
export const rules = [
  { name: 'service imports service', check: importsOtherService },
  { name: 'library imports service', check: libraryImportsService },
  { name: 'import by a way round', check: leavesPackage },
  { name: 'domain is pure', check: impureDomain },
  { name: 'imports run towards the domain', check: wrongDirection },
  { name: 'names', check: bannedNames },
  { name: 'only the Clock reads the time', check: readsTime },
  { name: 'no double assertion', check: assertsTwice },
];

/** Everything that any of these files does against any rule, one line each; empty when all is well. */
export function findViolations(files, services) {
  return files.flatMap((file) =>
    rules.flatMap(({ name, check }) => check(file, services).map((sentence) => `${file.path}: ${name}: ${sentence}`)),
  );
}

function importsOtherService(file, services) {
  if (!file.packagePath.startsWith('services/') || compositionRoots.has(file.packagePath)) return [];
  return ownImports(file)
    .filter((name) => services.has(name) && name !== file.packageName)
    .filter((name) => !(file.isSpec && name === simulator))
    .map((name) => `${name} is another service; learn of it from the log`);
}

function libraryImportsService(file, services) {
  if (!file.packagePath.startsWith('libs/')) return [];
  return ownImports(file)
    .filter((name) => services.has(name))
    .map((name) => `${name} is a service`);
}

function leavesPackage(file) {
  return file.imports
    .filter(({ target }) => target !== undefined && !target.startsWith(`${file.packagePath}/`))
    .map(({ specifier }) => `${specifier} leaves the package; import @poinciana/… instead`);
}

function impureDomain(file) {
  if (file.isSpec || !isPure(file)) return [];
  return [
    ...file.imports
      .map(({ specifier }) => specifier)
      .filter(isImpure)
      .map((specifier) => `imports ${specifier}`),
    ...file.isRandom.map((call) => `calls ${call}; ids and chance come in the command`),
  ];
}

function isPure(file) {
  return purePlaces.some((place) => place.test(file.path));
}

function isImpure(specifier) {
  const own = /^@poinciana\/([^/]+)/.exec(specifier)?.[1];
  if (own !== undefined) return !pureLibraries.has(own);
  const isBuiltIn = specifier.startsWith('node:') || builtinModules.includes(specifier);
  return isBuiltIn || impurePackages.test(specifier) || specifier.includes('prisma-client');
}

function wrongDirection(file) {
  const part = /^src\/([^/]+)\//.exec(file.inner)?.[1];
  if (!file.packagePath.startsWith('services/') || file.isSpec) return [];
  const forbidden = (part !== undefined && Object.hasOwn(forbiddenDirections, part) && forbiddenDirections[part]) || [];
  return file.imports
    .map(({ target }) => /^services\/[^/]+\/src\/([^/]+)\//.exec(target ?? '')?.[1])
    .filter((other) => forbidden.includes(other))
    .map((other) => `${part} imports ${other}`);
}

function bannedNames(file) {
  const named = file.inner.replace(/\.ts$/, '').split('/');
  const words = named.flatMap((name) => name.split(/[-.]/)).filter((word) => bannedWords.has(word));
  const typesFile = named.at(-1) === 'types' ? ['types.ts says nothing about what is in it'] : [];
  const prefixed = file.interfaces.filter((name) => /^I[A-Z][a-z]/.test(name));
  return [
    ...words.map((word) => `"${word}" is no noun of the field`),
    ...typesFile,
    ...prefixed.map((name) => `the interface ${name} carries an I before its name`),
  ];
}

function readsTime(file) {
  const isProduct = /^(libs|services)\//.test(file.path) && file.inner.startsWith('src/');
  // The outside world has a time of its own.
  if (!isProduct || file.packagePath === `services/${simulator}` || file.isSpec || file.path === clockFile) return [];
  return file.readsTime.map((call) => `${call} instead of asking the Clock`);
}

function assertsTwice(file) {
  return file.doubleAssertions > 0 ? ['"as unknown as" hides what the types know'] : [];
}

function ownImports(file) {
  return file.imports.flatMap(({ specifier }) => /^@poinciana\/([^/]+)/.exec(specifier)?.[1] ?? []);
}
