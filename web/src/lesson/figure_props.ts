/** What a figure says, by names; {name} in it is a value. */
export interface FigureProps {
  figure: Readonly<Record<string, string>>
}
