/** One factor of a product: an input or a whole number, above or below the line, plain or as (1 - x), (1 + x). */
export interface FormulaPart {
  readonly input?: string;
  readonly constant?: bigint;
  readonly power: 1 | -1;
  readonly form: 'plain' | 'rest' | 'more';
}

/** A sum of products, each added or taken away. */
export type Formula = readonly {
  readonly sign: 1n | -1n;
  readonly parts: readonly FormulaPart[];
}[];

const NAME = /^[a-z][A-Za-z0-9]*$/;
const BRACKET = /^\(1 ([+-]) ([a-z][A-Za-z0-9]*)\)$/;

/**
 * Reads `charge * installRate + capacity * leakRate * years`, `2 * distance * (1 - share) / occupancy`.
 * What is printed to the reader is what is computed. Throws RangeError for anything else; formulas are ours.
 */
export function parseFormula(text: string): Formula {
  // A sum's sign has blanks around it; the one in a bracket is kept by looking for the bracket's end.
  const terms = text.split(/ ([+-]) (?![^(]*\))/);
  const formula: { sign: 1n | -1n; parts: readonly FormulaPart[] }[] = [];
  for (let index = 0; index < terms.length; index += 2) {
    const sign = terms[index - 1] === '-' ? -1n : 1n;
    formula.push({ sign, parts: parseProduct(terms[index] ?? '') });
  }
  return formula;
}

function parseProduct(text: string): FormulaPart[] {
  return text.split(/ (?=[*/] )/).map((piece, index) => {
    const power = piece.startsWith('/ ') ? -1 : 1;
    return parsePart(index === 0 ? piece : piece.slice(2), power);
  });
}

function parsePart(text: string, power: 1 | -1): FormulaPart {
  const [, sign, inner] = BRACKET.exec(text) ?? [];
  if (inner !== undefined && power === 1)
    return { input: inner, power, form: sign === '-' ? 'rest' : 'more' };
  if (NAME.test(text)) return { input: text, power, form: 'plain' };
  if (/^\d+$/.test(text)) return { constant: BigInt(text), power, form: 'plain' };
  throw new RangeError(`not a formula: ${text}`);
}

export function inputsOf(formula: Formula): ReadonlySet<string> {
  const names = formula.flatMap(({ parts }) => parts.map(({ input }) => input));
  return new Set(names.filter((name) => name !== undefined));
}
