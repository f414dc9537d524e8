/** One drawing on a grid of 24 x 24: what is stroked (2 wide, round ends) and what is filled, both in the current colour. */
export interface Icon {
  readonly stroke?: string
  readonly fill?: string
}

export const stroke = (...paths: readonly string[]): Icon => ({ stroke: paths.join('') })
export const fill = (...paths: readonly string[]): Icon => ({ fill: paths.join('') })
export const both = (strokePath: string, fillPath: string): Icon => ({ stroke: strokePath, fill: fillPath })
