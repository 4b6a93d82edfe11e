#!/usr/bin/env node
// node scripts/release-contracts.mjs: keeps the present contracts as the released ones, to which later ones must be compatible.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { incompatibilities } from './contracts/compatibility.mjs';
import { root } from './steps/root.mjs';

const proto = join(root, 'proto');
const released = join(root, 'libs', 'contracts', 'released');

for (const sentence of incompatibilities(proto, released)) console.warn(`Breaks what was released: ${sentence}`);
rmSync(released, { recursive: true, force: true });
cpSync(proto, released, { recursive: true });
console.log('libs/contracts/released now holds the present contracts.');
