/** A sentence of the table with **bold** words and `code`; values stand where their names do. */
import { Fragment, type ComponentChild } from 'preact'
import type { Names } from '../text/terms.ts'

interface Props<Text extends string> {
  text: Text
  values?: Readonly<Record<Names<Text>, ComponentChild>>
}

export function Say<Text extends string>({ text, values }: Props<Text>) {
  return (
    <>
      {text.split(/(\*\*.+?\*\*|`.+?`|\{\w+\})/).map((part, i) => (
        <Fragment key={i}>{shown(part, values ?? {})}</Fragment>
      ))}
    </>
  )
}

function shown(part: string, values: Readonly<Record<string, ComponentChild>>): ComponentChild {
  if (part.startsWith('**'))
    return (
      <b>
        <Say text={part.slice(2, -2)} values={values} />
      </b>
    )
  if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>
  if (part.startsWith('{')) return values[part.slice(1, -1)]
  return part
}
