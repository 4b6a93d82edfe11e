const preset = require('./jest.preset.js');

/** The first level: needs nothing but Node. */
module.exports = {
  ...preset,
  testMatch: ['**/*.spec.ts', '**/*.spec.mjs'],
  testPathIgnorePatterns: [...preset.testPathIgnorePatterns, '\\.services\\.spec\\.ts$'],
};
