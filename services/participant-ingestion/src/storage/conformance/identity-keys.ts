import { describe, expect, it } from '@jest/globals';
import type { IdentityKeys } from '../identity-keys.js';

const ANN = 'a0000000-0000-4000-8000-000000000001';
const BOB = 'b0000000-0000-4000-8000-000000000001';

/** What every index of identities holds. `make` gives an empty one; workspaces are fresh for each test. */
export function describeIdentityKeys(make: () => Promise<IdentityKeys>, newId: () => string): void {
  describe('an index of identities', () => {
    const claimed = async (keys: IdentityKeys, workspace: string, claims: Record<string, string>) =>
      keys.claim(workspace, async () => ({
        claims: Object.entries(claims).map(([key, customerId]) => ({ key, customerId })),
      }));

    it('knows whose a key is, in its workspace only', async () => {
      const keys = await make();
      const [workspace, other] = [newId(), newId()];
      await claimed(keys, workspace, { 'x:1': ANN, 'e:a@b.de': ANN, 'p:1': BOB });
      expect(await keys.of(workspace).ownersOf(['p:1', 'x:2', 'e:a@b.de'])).toEqual(
        new Map([
          ['p:1', BOB],
          ['e:a@b.de', ANN],
        ]),
      );
      expect(await keys.of(workspace).withExternalId([ANN, BOB])).toEqual(new Set([ANN]));
      expect(await keys.of(other).ownersOf(['p:1'])).toEqual(new Map());
      expect(await keys.of(other).withExternalId([ANN])).toEqual(new Set());
    });

    it('keeps keys of any length and script apart', async () => {
      const keys = await make();
      const workspace = newId();
      const long = ['x', 'ж'].map((letter) => `e:${letter.repeat(32_767)}`);
      await claimed(keys, workspace, { [String(long[0])]: ANN, [String(long[1])]: BOB });
      expect(await keys.of(workspace).ownersOf(long)).toEqual(
        new Map([
          [long[0], ANN],
          [long[1], BOB],
        ]),
      );
    });

    it('finds customers by how their keys begin, and frees the keys of one who is erased', async () => {
      const keys = await make();
      const workspace = newId();
      await claimed(keys, workspace, {
        'e:ann@example.com': ANN,
        'e:anna@example.com': BOB,
        'x:ann': ANN,
        'p:4915': BOB,
      });
      const other = newId();
      await claimed(keys, other, { 'e:annabel@example.com': BOB });
      expect(await keys.of(workspace).beginningWith(['e:ann', 'x:ann'], 10)).toEqual([ANN, BOB]);
      expect(await keys.of(workspace).beginningWith(['e:ann', 'x:ann'], 1)).toEqual([ANN]);
      expect(await keys.of(workspace).beginningWith(['e:anna'], 10)).toEqual([BOB]);
      expect(await keys.of(workspace).beginningWith([], 10)).toEqual([]);
      await claimed(keys, other, { 'x:ann': ANN });
      await keys.release(workspace, ANN);
      const owners = await keys.of(workspace).ownersOf(['e:ann@example.com', 'e:anna@example.com', 'x:ann']);
      expect(owners).toEqual(new Map([['e:anna@example.com', BOB]]));
      expect(await keys.of(other).ownersOf(['x:ann'])).toEqual(new Map([['x:ann', ANN]]));
    });

    it('stores nothing when the decision fails', async () => {
      const keys = await make();
      const workspace = newId();
      const failing = keys.claim(workspace, async () => {
        throw new Error('No');
      });
      await expect(failing).rejects.toThrow('No');
      expect(await keys.of(workspace).ownersOf(['x:1'])).toEqual(new Map());
    });

    it('takes a decision made before while all its keys are free, else none of them and another decision', async () => {
      const keys = await make();
      const workspace = newId();
      const attemptOf = (customerId: string, ...own: readonly string[]) => ({
        claims: own.map((key) => ({ key, customerId })),
      });
      const never = async (): Promise<never> => {
        throw new Error('Decided again');
      };
      await keys.claim(workspace, never, attemptOf(ANN, 'x:2', 'x:1'));
      const again = await keys.claim(workspace, async () => attemptOf(BOB, 'x:4'), attemptOf(BOB, 'x:2', 'x:3'));
      expect(again).toEqual(attemptOf(BOB, 'x:4'));
      const owners = await keys.of(workspace).ownersOf(['x:1', 'x:2', 'x:3', 'x:4']);
      expect(owners).toEqual(
        new Map([
          ['x:1', ANN],
          ['x:2', ANN],
          ['x:4', BOB],
        ]),
      );
    });

    it('lets claimers of one workspace decide one after the other', async () => {
      const keys = await make();
      const workspace = newId();
      const claimOnce = (customerId: string) =>
        keys.claim(workspace, async (index) => {
          const owners = await index.ownersOf(['x:1']);
          return { owners, claims: owners.has('x:1') ? [] : [{ key: 'x:1', customerId }] };
        });
      const decisions = await Promise.all([claimOnce(ANN), claimOnce(BOB), claimOnce(BOB)]);
      expect(decisions.filter(({ claims }) => claims.length === 1)).toHaveLength(1);
    });
  });
}
