export interface Position {
  readonly lon: number
  readonly lat: number
}

/**
 * Reads `coordonneesXY`: `[lon, lat]` by the schema, met also without brackets, with `;`, as `POINT(lon lat)` and the wrong way round.
 * Undefined when there is no place to be made of it.
 */
export const readPosition = (text: string): { position: Position; swapped: boolean } | undefined => {
  const numbers = text.match(/-?\d+(?:\.\d+)?/g)?.map(Number)
  if (numbers?.length !== 2) return undefined
  const [first, second] = numbers as [number, number]
  if (first === 0 && second === 0) return undefined
  if (isFrance(second, first) && !isFrance(first, second))
    return { position: { lon: second, lat: first }, swapped: true }
  if (Math.abs(first) > 180 || Math.abs(second) > 90) return undefined
  return { position: { lon: first, lat: second }, swapped: false }
}

/** Metropolitan France, roughly: enough to tell a longitude from a latitude. */
const isFrance = (lon: number, lat: number): boolean => lon > -6 && lon < 10 && lat > 41 && lat < 52

/** Overseas départements keep their own time; the first three digits of the commune tell. */
const overseas: Readonly<Record<string, string>> = {
  971: 'America/Guadeloupe',
  972: 'America/Martinique',
  973: 'America/Cayenne',
  974: 'Indian/Reunion',
  975: 'America/Miquelon',
  976: 'Indian/Mayotte',
  977: 'America/St_Barthelemy',
  978: 'America/Marigot',
  986: 'Pacific/Wallis',
  987: 'Pacific/Tahiti',
  988: 'Pacific/Noumea',
}

export const timeZoneOfCommune = (code: string): string => overseas[code.slice(0, 3)] ?? 'Europe/Paris'
