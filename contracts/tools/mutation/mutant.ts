/** What a mutant changes; `guard` must be killed to the last, the whole to 95 %. */
export type Kind = 'guard' | 'comparison' | 'arithmetic' | 'logic' | 'write' | 'event' | 'assembly'

export interface Mutant {
  /** Stable across edits elsewhere: file, function, what is changed, and the how-manieth of its like there. */
  readonly id: string
  readonly kind: Kind
  readonly file: string
  readonly line: number
  /** Byte range in the file. */
  readonly start: number
  readonly length: number
  readonly original: string
  readonly replacement: string
}

/** The file with the mutant in it. */
export const apply = (source: string, mutant: Mutant): string => {
  const bytes = Buffer.from(source)
  return Buffer.concat([
    bytes.subarray(0, mutant.start),
    Buffer.from(mutant.replacement),
    bytes.subarray(mutant.start + mutant.length),
  ]).toString()
}

export const describe = ({ file, line, original, replacement }: Mutant): string =>
  `${file}:${line}  ${oneLine(original)}  ->  ${oneLine(replacement) || '(removed)'}`

const oneLine = (text: string): string => {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length > 90 ? `${flat.slice(0, 87)}...` : flat
}
