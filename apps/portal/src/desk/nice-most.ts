/** The next of 1, 2, 4, 10, 20 ... so that the middle of the scale can be read. */
export const niceMost = (value: number): number => {
  if (value <= 0) return 1
  const ten = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 4, 10].find((step) => step * ten >= value) ?? 10) * ten
}
