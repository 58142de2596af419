type Option = readonly [value: string, text: string]

interface Props {
  label: string
  value: string
  options: readonly Option[]
  groups?: readonly (readonly [name: string, options: readonly Option[]])[]
  onChange(value: string): void
}

export function Select({ label, value, options, groups = [], onChange }: Props) {
  // A link may name what these cells do not have: then the first one is meant.
  const shown = [...options, ...groups.flatMap(([, all]) => all)].some(([key]) => key === value)
    ? value
    : options[0]?.[0]
  const one = ([key, text]: Option) => (
    <option key={key} value={key} selected={key === shown}>
      {text}
    </option>
  )
  return (
    <label class="select">
      <span>{label}</span>
      <select value={shown ?? ''} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(one)}
        {groups.map(([name, all]) => (
          <optgroup key={name} label={name}>
            {all.map(one)}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
