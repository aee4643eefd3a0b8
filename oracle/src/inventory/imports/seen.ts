import type { Hex } from '@truetonne/protocol';

/** Where a figure stands in its file: the line, and the column where a row has one for each month. */
export interface Place {
  readonly line: number;
  /** Index of the column; absent in a sheet with a row for each figure. */
  readonly column: number | undefined;
}

/** Of a print are kept 128 bits: some 2^64 rows go by before two that differ are likely to be equal. */
const PRINT_WORDS = 4;
const HEX_DIGITS = 8;
/** The print, the line, and the mark. */
const SLOT_WORDS = PRINT_WORDS + 2;
const LINE_AT = PRINT_WORDS;
const MARK_AT = PRINT_WORDS + 1;
/** Marks: of a slot that is empty, of a place without a column, of column 0. */
const [EMPTY, NO_COLUMN, FIRST_COLUMN] = [0, 1, 2];
const FIRST_SLOTS = 4_096;
/** Of eight slots seven may be taken: a row costs 27 to 55 bytes, and one that is new a walk of 32 slots at most. */
const EIGHTHS_FULL = 7;

/**
 * Prints of a file's figures with their places: numbers in one array, with open addressing. In a `Map` of
 * texts they take several times as much, which an import would hold until its end.
 */
export class SeenPrints {
  #slots = new Uint32Array(FIRST_SLOTS * SLOT_WORDS);
  #size = 0;

  /** Where the print was seen first; `undefined` when it is new, and its place is kept. */
  findOrKeep(print: Hex, { line, column }: Place): Place | undefined {
    const words = wordsOf(print);
    const at = this.#find(words, 0);
    const mark = this.#slots[at + MARK_AT] ?? EMPTY;
    if (mark !== EMPTY) {
      const first = this.#slots[at + LINE_AT] ?? 0;
      return { line: first, column: mark === NO_COLUMN ? undefined : mark - FIRST_COLUMN };
    }
    this.#slots.set(words, at);
    this.#slots[at + LINE_AT] = line;
    this.#slots[at + MARK_AT] = column === undefined ? NO_COLUMN : column + FIRST_COLUMN;
    this.#size++;
    if (this.#size * SLOT_WORDS * 8 > this.#slots.length * EIGHTHS_FULL) this.#grow();
    return undefined;
  }

  /** The slot of the print that stands in `words` from `from` on, or the empty one that it would take. */
  #find(words: Uint32Array, from: number): number {
    const slots = this.#slots;
    // Each word of a SHA-256 is as random as any other, so a print is its own hash.
    let at = ((words[from] ?? 0) * SLOT_WORDS) % slots.length;
    while (slots[at + MARK_AT] !== EMPTY && !isEqual(slots, at, words, from)) {
      at = (at + SLOT_WORDS) % slots.length;
    }
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + MARK_AT] === EMPTY) continue;
      this.#slots.set(old.subarray(from, from + SLOT_WORDS), this.#find(old, from));
    }
  }
}

function wordsOf(print: Hex): Uint32Array {
  const words = new Uint32Array(PRINT_WORDS);
  for (let word = 0; word < PRINT_WORDS; word++) {
    const from = '0x'.length + word * HEX_DIGITS;
    words[word] = Number.parseInt(print.slice(from, from + HEX_DIGITS), 16);
  }
  return words;
}

function isEqual(a: Uint32Array, aFrom: number, b: Uint32Array, bFrom: number): boolean {
  for (let word = 0; word < PRINT_WORDS; word++) {
    if (a[aFrom + word] !== b[bFrom + word]) return false;
  }
  return true;
}
