/** The true network of simulated cells beside the one that was found. */
import { useEffect } from 'preact/hooks'
import { edges, networkWaits, wantNetwork } from '../session/network.ts'
import { strings } from '../session/language.ts'
import type { Truth } from '../session/truth.ts'
import { Awaited } from './awaited.tsx'

const pairOf = (source: string, target: string): string => `${source} ${target}`

/** True edges, and which of them the lagged network of these cells has with the same sign. */
export function TrueNetwork({ known: { genes, measured, network } }: { known: Truth }) {
  useEffect(wantNetwork, [])
  const { words } = strings.value
  const others = network.filter(({ source, target }) => source !== target)
  const found = new Map(
    edges.value
      .slice(0, Math.max(1, others.length))
      .map((one) => [pairOf(one.regulator, one.target), Math.sign(one.effect)]),
  )
  const wrong = [...found].filter(
    ([pair, sign]) =>
      !others.some((one) => pairOf(genes[one.source]!, genes[one.target]!) === pair && one.sign === sign),
  )
  return (
    <section>
      <h3>{words.trueNetwork}</h3>
      {others.length === 0 && <p>{words.noEdge}</p>}
      <Awaited waits={networkWaits} />
      <ul class="true-network">
        {others.map(({ source, target, sign }) => {
          const isHidden = source >= measured
          const agrees = found.get(pairOf(genes[source]!, genes[target]!)) === sign
          return (
            <li key={`${source} ${target}`}>
              {genes[source]}
              {isHidden && ` (${words.hiddenGene})`} {sign > 0 ? words.acts : words.represses} {genes[target]}
              {found.size > 0 && !isHidden && <i>{agrees ? `✓ ${words.found}` : words.notFound}</i>}
            </li>
          )
        })}
      </ul>
      {wrong.length > 0 && (
        <p>
          {words.foundWrong}
          {wrong.map(([pair, sign]) => pair.replace(' ', ` ${sign > 0 ? words.acts : words.represses} `)).join(', ')}
        </p>
      )}
      <p class="hint">{words.foundBy}</p>
    </section>
  )
}
