/** A row of a file; those without any content are left out. */
export interface FileRow {
  /** Line in the file; the head is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}
