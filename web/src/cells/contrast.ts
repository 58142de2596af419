/** Luminance and contrast of colours, as the guidelines for accessible pages (WCAG) have them. */
const channelsOf = (color: string): number[] =>
  color.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    : color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map((value) => Number(value) / 255)

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const encoded = (value: number): number => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)

/** Relative luminance, 0 to 1, of '#rrggbb' or 'rgb(r, g, b)'. */
export function luminance(color: string): number {
  const [r, g, b] = channelsOf(color).map(linear)
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q)
  return (high! + 0.05) / (low! + 0.05)
}

/** The colour of the same hue whose luminance is at most this. */
export function darkened(color: string, most: number): string {
  const own = luminance(color)
  if (own <= most) return color
  const channels = channelsOf(color).map((value) => Math.round(255 * encoded((linear(value) * most) / own)))
  return `rgb(${channels.join(', ')})`
}
