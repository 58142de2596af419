import { state } from '../session/state.ts'
import { LANGUAGES, nextLanguage } from '../text/languages.ts'
import { language } from '../session/language.ts'

/** To the page in another language, in whose words it says so. */
export function LanguageButton() {
  const next = nextLanguage(language.value)
  return (
    <button class="icon" lang={next} aria-label={LANGUAGES[next]} onClick={() => (state.lang.value = next)}>
      {next.toUpperCase()}
    </button>
  )
}
