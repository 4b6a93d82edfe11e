import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serverSettings } from './server-settings.js';

const megabytes = (setting: string | undefined): number => Number(/^(\d+)MB$/.exec(setting ?? '')?.[1]);

describe('the settings of the server', () => {
  it('stay within bounds on every machine', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 45, noNaN: true }), (memory) => {
        const settings = serverSettings(memory);
        expect(megabytes(settings['shared_buffers'])).toBeGreaterThanOrEqual(128);
        expect(megabytes(settings['shared_buffers'])).toBeLessThanOrEqual(2048);
        expect(megabytes(settings['max_wal_size'])).toBeLessThanOrEqual(4096);
        expect(megabytes(settings['maintenance_work_mem'])).toBeLessThanOrEqual(512);
      }),
    );
  });

  it('give 16 GiB the buffers that were measured to be worth it', () => {
    expect(serverSettings(16 * 2 ** 30)).toMatchObject({
      shared_buffers: '2048MB',
      max_wal_size: '4096MB',
      jit: 'off',
    });
  });
});
