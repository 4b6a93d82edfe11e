import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from '@swc/core';

const skipped = new Set(['node_modules', 'dist', 'generated', 'prisma-client', 'coverage']);

/** The TypeScript files of all packages below `root`, each as what the rules look at. */
export function readSourceTree(root) {
  return ['libs', 'services', 'bench']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => sourceFiles(root, folder))
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
}

/**
 * One file: its path from the root with slashes, the package it belongs to (`services/standalone`), its path in there,
 * what it imports, and what else of its syntax a rule asks about.
 */
export function readSource(path, text) {
  const parts = path.split('/');
  const packagePath = parts[0] === 'bench' ? 'bench' : parts.slice(0, 2).join('/');
  const found = { imports: [], readsTime: [], isRandom: [], doubleAssertions: 0, interfaces: [] };
  visit(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' }), found);
  return {
    path,
    packagePath,
    packageName: packagePath.split('/').at(-1),
    inner: path.slice(packagePath.length + 1),
    isSpec: path.endsWith('.spec.ts') || /\/(test|testing|conformance)\//.test(path),
    ...found,
    imports: found.imports.map((specifier) => resolveImport(path, specifier)),
  };
}

function sourceFiles(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(root, path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** A relative import becomes the path it leads to, so that no way round leads out of a package unseen. */
function resolveImport(path, specifier) {
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
  return { specifier, target };
}

function visit(node, found) {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  lookAt[node.type]?.(node, found);
  for (const value of Object.values(node)) visit(value, found);
}

function addImport(node, found) {
  if (node.source?.value !== undefined) found.imports.push(node.source.value);
}

const lookAt = {
  ImportDeclaration: addImport,
  ExportNamedDeclaration: addImport,
  ExportAllDeclaration: addImport,
  TsImportType: (node, found) => found.imports.push(node.argument.value),
  TsExternalModuleReference: (node, found) => found.imports.push(node.expression.value),
  TsInterfaceDeclaration: (node, found) => found.interfaces.push(node.id.value),
  TsAsExpression: (node, found) => {
    const inner = node.expression.type === 'ParenthesisExpression' ? node.expression.expression : node.expression;
    if (inner.type === 'TsAsExpression' && inner.typeAnnotation.kind === 'unknown') found.doubleAssertions += 1;
  },
  NewExpression: (node, found) => {
    if (node.callee.value === 'Date' && (node.arguments ?? []).length === 0) found.readsTime.push('new Date()');
  },
  CallExpression: (node, found) => {
    const name = nameOf(node.callee);
    const [argument] = node.arguments;
    if ((name === 'import' || name === 'require') && argument?.expression.type === 'StringLiteral') {
      found.imports.push(argument.expression.value);
    }
    if (timeCalls.has(name)) found.readsTime.push(`${name}()`);
    if (chanceCalls.has(name)) found.isRandom.push(`${name}()`);
  },
};

const timeCalls = new Set(['Date', 'Date.now']);
const chanceCalls = new Set(['Math.random', 'crypto.randomUUID', 'randomUUID']);

function nameOf(callee) {
  if (callee.type === 'Import') return 'import';
  return callee.type === 'MemberExpression' ? `${callee.object.value}.${callee.property.value}` : callee.value;
}
