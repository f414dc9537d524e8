/** A commune by its INSEE code. */
export interface Commune {
  readonly name: string
  readonly postalCode?: string
}

export interface ReadAddress {
  readonly address: string
  readonly city: string
  readonly postalCode?: string
}

/**
 * Takes an address apart that says everything in one line ("69 Rue Nicolas Appert, 66000 Perpignan, France"). The commune of the
 * official code names the town; what the line says of it is used where the code is unknown.
 */
export const readAddress = (text: string, commune: Commune | undefined): ReadAddress => {
  const line = tidy(text).replace(/,? *france$/i, '')
  const match = /^(.*?)[, ]*\b(\d{5})\b[, ]*(.*)$/.exec(line)
  const said = match && { street: match[1]!, postalCode: match[2]!, town: match[3]! }
  const city = commune?.name ?? titleCase(said?.town ?? '')
  const postalCode = said?.postalCode ?? commune?.postalCode
  const street = said && said.street !== '' ? said.street : said ? said.town : withoutTown(line, city)
  return { address: tidy(street) || city, city, ...(postalCode === undefined ? {} : { postalCode }) }
}

const tidy = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/( ?, ?)+/g, ', ')
    .replaceAll(/^[ ,]+|[ ,]+$/g, '')

const withoutTown = (line: string, city: string): string => {
  const end = `, ${city.toLowerCase()}`
  return city !== '' && line.toLowerCase().endsWith(end) ? line.slice(0, -end.length) : line
}

const titleCase = (text: string): string =>
  text === text.toUpperCase()
    ? text.toLowerCase().replaceAll(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1))
    : text
