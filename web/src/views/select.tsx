type Option = readonly [value: string, text: string]

interface Props {
  label: string
  value: string
  options: readonly Option[]
  groups?: readonly (readonly [name: string, options: readonly Option[]])[]
  onChange(value: string): void
}

export function Select({ label, value, options, groups = [], onChange }: Props) {
  const one = ([key, text]: Option) => <option key={key} value={key} selected={key === value}>{text}</option>
  return (
    <label class="select">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(one)}
        {groups.map(([name, all]) => <optgroup key={name} label={name}>{all.map(one)}</optgroup>)}
      </select>
    </label>
  )
}
