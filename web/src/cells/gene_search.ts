/** Names that fit what is typed: those that begin with it, then those that hold it, each in the order given. */
export function searched(names: readonly string[], text: string, most: number): string[] {
  const wanted = text.trim().toLowerCase()
  const [first, then]: [string[], string[]] = [[], []]
  for (const name of names) {
    if (first.length >= most) break
    const at = name.toLowerCase().indexOf(wanted)
    if (at === 0) first.push(name)
    else if (at > 0 && then.length < most) then.push(name)
  }
  return [...first, ...then].slice(0, most)
}
