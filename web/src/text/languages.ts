/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

/** The first of those that are wanted, such as 'de-AT', that the page has; English if it has none. */
export const languageFor = (wanted: readonly string[]): Language =>
  wanted.map((one) => one.toLowerCase().split('-')[0]!).find((one): one is Language => Object.hasOwn(LANGUAGES, one)) ??
  'en'

/** The one after it in the list, which goes round. */
export function nextLanguage(language: Language): Language {
  const all = Object.keys(LANGUAGES) as Language[]
  return all[(all.indexOf(language) + 1) % all.length]!
}
