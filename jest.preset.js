const os = require('node:os');

const coresMax = 4;

/**
 * What every run of Jest here shares. The specs run from the TypeScript sources of all packages at once: nothing has to be
 * built first, and a change in a library shows in the specs of those who use it.
 * ESM under Jest needs `node --experimental-vm-modules`; `npm test` and `npm run test:services` pass it.
 */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/bench', '<rootDir>/examples', '<rootDir>/scripts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['/dist/', '/.poinciana/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          keepClassNames: true,
        },
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
    '^@poinciana/([^/]+)$': [
      '<rootDir>/libs/$1/src/index.ts',
      '<rootDir>/services/$1/src/index.ts',
      '<rootDir>/$1/src/index.ts',
    ],
    '^@poinciana/([^/]+)/([^/]+)$': [
      '<rootDir>/libs/$1/src/$2/index.ts',
      '<rootDir>/libs/$1/src/$2.ts',
      '<rootDir>/services/$1/src/$2/index.ts',
      '<rootDir>/services/$1/src/$2.ts',
    ],
  },
  // One worker a core; a module graph of its own per spec file is never given back by Node, so a worker that grew is replaced.
  maxWorkers: Math.min(os.availableParallelism(), coresMax),
  workerIdleMemoryLimit: '1GB',
  // A bound against hanging, not an assertion on time: other work on the machine must never fail a spec.
  testTimeout: 120_000,
  restoreMocks: true,
};
