import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from '@swc/core';

const skipped = new Set(['node_modules', 'dist', 'generated', 'prisma-client', 'test', 'testing', 'conformance']);
const statusOfKind = {
  invalid: 422,
  notFound: 404,
  conflict: 409,
  forbidden: 403,
  tooLarge: 413,
  stale: 412,
  unseen: 428,
};
const snakeCase = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Only the kit answers requests with codes that no DomainError and no RequestRefusal carries. */
const kit = 'libs/service-kit/src/';

/**
 * Every code that libs and services refuse with: `{ code, status, path }`. `code` is a regular expression where a part of it is
 * put together; `status` is undefined where it is. Reads the syntax, never the text, so comments and messages do not count.
 */
export function usedCodes(root) {
  return ['libs', 'services']
    .flatMap((folder) => sourceFiles(root, folder))
    .flatMap((path) => codesIn(path, readFileSync(join(root, path), 'utf8')));
}

export function codesIn(path, text) {
  const found = [];
  const tree = parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' });
  const add = (code, status) => found.push({ code, status, path });
  visit(tree, (node) => {
    if (node.type === 'NewExpression') readRefusal(node, tree, add);
    if (path.startsWith(kit)) readKit(node, add);
  });
  return found;
}

function readRefusal({ callee, arguments: given }, tree, add) {
  const parameters = (given ?? []).map(({ expression }) => expression);
  if (callee.value === 'DomainError') {
    const [code, , kind] = parameters;
    const status = kind === undefined ? statusOfKind.invalid : statusOfKind[kind.value];
    for (const each of codesOf(code, tree)) add(each, status);
  }
  if (callee.value === 'RequestRefusal') {
    const [status, code] = parameters;
    for (const each of codesOf(code, tree)) add(each, status.value);
  }
}

/** A code that stands there, one with a part put in, or one of the names that a table of the same file has. */
function codesOf(expression, tree) {
  if (expression.type === 'StringLiteral') return [expression.value];
  if (expression.type === 'TemplateLiteral')
    return [new RegExp(`^${expression.quasis.map(({ raw }) => raw).join('[a-z_]+')}$`)];
  const tables = [];
  visit(tree, (node) => {
    if (node.type === 'ObjectExpression') tables.push(node.properties.map(({ key }) => key?.value));
  });
  const isTable = (names) =>
    names.every((name) => typeof name === 'string' && snakeCase.test(name)) && names.some((name) => name.includes('_'));
  return tables.filter(isTable).flat();
}

/** The kit's tables: `{ status, code }`, `[status, code]`, `status: code`, and calls with both. */
function readKit(node, add) {
  if (node.type === 'ObjectExpression') {
    const valueOf = (name) => node.properties.find(({ key }) => key?.value === name)?.value?.value;
    if (snakeCase.test(valueOf('code') ?? '')) add(valueOf('code'), valueOf('status'));
  }
  if (node.type === 'ArrayExpression') addPair(node.elements, add);
  if (node.type === 'CallExpression') addPair(node.arguments, add);
  if (node.type === 'KeyValueProperty' && isStatus(node.key.value) && snakeCase.test(node.value.value ?? ''))
    add(node.value.value, node.key.value);
}

function addPair([first, second], add) {
  const status = first?.expression.value;
  if (!isStatus(status) || second?.expression.type !== 'StringLiteral') return;
  if (snakeCase.test(second.expression.value)) add(second.expression.value, status);
}

function isStatus(value) {
  return typeof value === 'number' && value >= 400 && value < 600;
}

function visit(node, look) {
  if (Array.isArray(node)) for (const item of node) visit(item, look);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  look(node);
  for (const child of Object.values(node)) visit(child, look);
}

function sourceFiles(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(root, path);
    return /(?<!\.spec|\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}
