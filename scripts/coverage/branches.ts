import { createRequire } from 'node:module';

/** One condition of a contract, whose both outcomes a test has to bring about. */
export interface Branch {
  readonly line: number;
  readonly text: string;
  /** Lines of the instrumented file that run when it is true, and when it is false. */
  readonly trueLine: number;
  readonly falseLine: number;
}

interface Node {
  readonly nodeType: string;
  /** Start and length in bytes, and number of the file. */
  readonly src: string;
}

interface Compiler {
  readonly compile: (input: string) => string;
}

// Proof: the package's only documented function (solc, README).
const solc = createRequire(import.meta.url)('solc') as Compiler;

const CONDITIONAL = new Set(['IfStatement', 'Conditional', 'ForStatement', 'WhileStatement']);

/**
 * Hardhat counts statements. So each condition goes through a function of its own with a statement for
 * either outcome: `if (a && b)` becomes `if (_b0(a) && _b1(b))`, and a line of that function which never
 * ran is an outcome that no test brought about. Lines of the source keep their numbers.
 */
export function instrument(name: string, source: string): { source: string; branches: Branch[] } {
  const bytes = Buffer.from(source);
  const edits: { readonly at: number; readonly text: string }[] = [];
  const branches: Branch[] = [];
  let nextLine = source.split('\n').length + 1;
  let functions = '';
  for (const [start, end] of findConditions(parse(name, source))) {
    const call = `_b${branches.length}`;
    edits.push({ at: start, text: `${call}(` }, { at: end, text: ')' });
    functions += `function ${call}(bool c) pure returns (bool) { if (c)\nreturn true;\nreturn false; }\n`;
    branches.push({
      line: bytes.subarray(0, start).toString().split('\n').length,
      text: bytes.subarray(start, end).toString().replace(/\s+/g, ' '),
      trueLine: nextLine + 1,
      falseLine: nextLine + 2,
    });
    nextLine += 3;
  }
  return { source: `${apply(bytes, edits)}\n${functions}`, branches };
}

function apply(bytes: Buffer, edits: readonly { readonly at: number; readonly text: string }[]) {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { at, text } of [...edits].sort((a, b) => a.at - b.at)) {
    parts.push(bytes.subarray(from, at), Buffer.from(text));
    from = at;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]).toString();
}

function parse(name: string, source: string): unknown {
  const input = {
    language: 'Solidity',
    sources: { [name]: { content: source } },
    settings: { stopAfter: 'parsing', outputSelection: { '*': { '': ['ast'] } } },
  };
  // Proof: what the compiler answers to standard JSON.
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    readonly sources?: Readonly<Record<string, { readonly ast?: unknown }>>;
  };
  const ast = output.sources?.[name]?.ast;
  if (ast === undefined) throw new Error(`${name} does not parse`);
  return ast;
}

/** Start and end of every condition that is not itself made of conditions by `&&` and `||`. */
function findConditions(ast: unknown): [number, number][] {
  const found = new Map<string, [number, number]>();
  const add = (node: unknown): void => {
    if (!isNode(node) || isLogical(node)) return;
    const [start = 0, length = 0] = node.src.split(':').map(Number);
    found.set(node.src, [start, start + length]);
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) {
      const fields = new Map<string, unknown>(Object.entries(value));
      if (CONDITIONAL.has(value.nodeType)) add(fields.get('condition'));
      if (isRequire(value)) add(requiredOf(fields));
      if (isLogical(value)) [fields.get('leftExpression'), fields.get('rightExpression')].map(add);
    }
    Object.values(value).forEach(visit);
  };
  visit(ast);
  return [...found.values()];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value;
}

function isLogical(node: Node): boolean {
  return 'operator' in node && (node.operator === '&&' || node.operator === '||');
}

/** `require(condition, Error())`. */
function isRequire(node: Node): boolean {
  return (
    node.nodeType === 'FunctionCall' &&
    'expression' in node &&
    isNode(node.expression) &&
    'name' in node.expression &&
    node.expression.name === 'require'
  );
}

function requiredOf(call: ReadonlyMap<string, unknown>): unknown {
  const list = call.get('arguments');
  return Array.isArray(list) ? list[0] : undefined;
}
