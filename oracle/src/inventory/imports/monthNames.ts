/** Languages whose names of months are read. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'nl', 'it', 'pt'] as const;
const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** Their names in English, for whoever wrote another. */
export const LANGUAGE_NAMES = namesOfLanguages();

function namesOfLanguages(): string {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return LANGUAGES.map((code) => names.of(code) ?? code).join(', ');
}

/** `Févr.` and `fevr` are one name. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

/**
 * Month by name, 1 to 12: short and long, as it stands alone and beside a day, which some languages write in two
 * ways. A name that means different months in two languages is left out, so that it is refused and never guessed.
 */
export const MONTH_BY_NAME: ReadonlyMap<string, number> = readNames();

function readNames(): ReadonlyMap<string, number> {
  const found = new Map<string, number | undefined>();
  for (const language of LANGUAGES) {
    for (const { month, name } of namesIn(language)) {
      const known = found.get(name);
      found.set(name, !found.has(name) || known === month ? month : undefined);
    }
  }
  return new Map(
    [...found].flatMap(([name, month]) => (month === undefined ? [] : [[name, month]])),
  );
}

function namesIn(language: string): readonly { readonly month: number; readonly name: string }[] {
  const shapes: readonly Intl.DateTimeFormatOptions[] = [
    { month: 'short' },
    { month: 'long' },
    { month: 'short', day: 'numeric' },
    { month: 'long', day: 'numeric' },
  ];
  return shapes.flatMap((shape) => {
    const format = new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' });
    return MONTHS.map((month) => {
      const parts = format.formatToParts(Date.UTC(2024, month, 15));
      const text = parts.find(({ type }) => type === 'month')?.value ?? '';
      return { month: month + 1, name: withoutMarks(text).replaceAll('.', '').toLowerCase() };
    });
  });
}
