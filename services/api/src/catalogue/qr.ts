import encodeQR from 'qr'

/** Light squares around the code, as ISO/IEC 18004 asks. */
const border = 4

/**
 * A QR code as SVG: black on white, whatever it is put on, with a quarter of it to spare for scratches (it is a sticker on a pole).
 * One unit is one square.
 */
export const qrSvg = (text: string): string => {
  const rows = encodeQR(text, 'raw', { ecc: 'quartile', border })
  const side = rows.length
  const runs = rows.flatMap((row, y) => darkRuns(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${runs.join('')}"/></svg>`
}

/** Dark squares of a row that lie beside each other: where they begin, and how many. */
const darkRuns = (row: readonly boolean[]): readonly (readonly [x: number, width: number])[] => {
  const runs: [number, number][] = []
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1)
    if (!dark) continue
    if (last && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  }
  return runs
}
