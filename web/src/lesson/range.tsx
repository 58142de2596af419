/** A slider with its value in words. */
interface Props {
  label: string
  value: { value: number }
  min: number
  max: number
}

export function Range({ label, value, min, max }: Props) {
  return (
    <label class="slider">
      <span>{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={0.1}
        value={value.value}
        onInput={(event) => (value.value = Number(event.currentTarget.value))}
      />
    </label>
  )
}
