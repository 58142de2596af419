import { language } from '../session/language.ts'
import { state } from '../session/state.ts'
import { LANGUAGES, nextLanguage } from '../text/languages.ts'

/** To the page in another language, whose short name is all that it says: the header of a phone has no more room. */
export function LanguageButton() {
  const next = nextLanguage(language.value)
  return (
    <button class="icon" lang={next} title={LANGUAGES[next]} onClick={() => (state.lang.value = next)}>
      {next.toUpperCase()}
    </button>
  )
}
