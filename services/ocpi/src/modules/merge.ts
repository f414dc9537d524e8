import { sameId, type WireEvse, type WireLocation } from './sender.ts'

type Wire = Readonly<Record<string, unknown>>
type Items = readonly Wire[]

/** PATCH: fields that are given replace, null takes away (transport_and_format, PATCH). */
export const mergeShallow = (known: Wire, change: Wire): Wire => {
  const merged: Record<string, unknown> = {}
  for (const name in known) if (change[name] !== null) merged[name] = known[name]
  for (const name in change) if (change[name] !== null) merged[name] = change[name]
  return merged
}

/** mod_sessions, PATCH: charging periods are added to those known, everything else replaces. A period told again is not doubled. */
export const mergeSession = (known: Wire, change: Wire): Wire => {
  const { charging_periods: added, ...rest } = change
  const merged = mergeShallow(known, rest)
  if (!Array.isArray(added)) return added === null ? mergeShallow(merged, { charging_periods: null }) : merged
  const before = (known.charging_periods ?? []) as Items
  const starts = new Map(before.map((period) => [period.start_date_time, period]))
  for (const period of added as Items) starts.set(period.start_date_time, period)
  const periods = [...starts.values()].sort((a, b) => (String(a.start_date_time) < String(b.start_date_time) ? -1 : 1))
  return { ...merged, charging_periods: periods }
}

/**
 * After a PATCH inside an EVSE, that one alone is read again: the rest of the location was read when it came. `read` takes one EVSE
 * by its version's table.
 */
export const readAgain = (merged: Wire, evseUid: string, read: (evse: Wire) => Wire): Wire => ({
  ...merged,
  evses: (merged.evses as Items).map((evse) => (sameId(String(evse.uid), evseUid) ? read(evse) : evse)),
})

/** The newest of the times: a location is as new as its newest part (mod_locations, "last_updated"). */
const newest = (a: unknown, b: unknown): unknown => (String(a) > String(b) ? a : b)

/** PATCH of a location, an EVSE or a connector. A list of EVSEs in it is merged by uid, connectors by id: none is lost by omission. */
export const mergeLocation = (location: WireLocation, change: Wire, evseUid?: string, connectorId?: string): Wire => {
  const known = location as unknown as Wire
  if (evseUid === undefined) {
    const { evses, ...rest } = change
    const merged = mergeShallow(known, { ...rest, last_updated: newest(known.last_updated, change.last_updated) })
    return Array.isArray(evses)
      ? { ...merged, evses: mergeList(location.evses as unknown as Items, evses, 'uid') }
      : merged
  }
  const evses = [...(location.evses ?? [])] as unknown as Wire[]
  const at = evses.findIndex(({ uid }) => sameId(String(uid), evseUid))
  const part =
    connectorId === undefined
      ? change
      : { connectors: [{ ...change, id: connectorId }], last_updated: change.last_updated }
  // An EVSE that was never told whole: the caller's schema refuses it as incomplete, and the partner sends it by PUT.
  if (at < 0) evses.push(mergeShallow({ uid: evseUid }, part))
  else evses[at] = mergeEvse(evses[at]!, part)
  return { ...known, evses, last_updated: newest(known.last_updated, change.last_updated) }
}

const mergeEvse = (known: Wire, change: Wire): Wire => {
  const { connectors, ...rest } = change
  const merged = mergeShallow(known, { ...rest, last_updated: newest(known.last_updated, change.last_updated) })
  return Array.isArray(connectors)
    ? { ...merged, connectors: mergeList(known.connectors as Items, connectors, 'id') }
    : merged
}

const mergeList = (known: Items | undefined, changes: Items, key: 'uid' | 'id'): Items => {
  const merged = [...(known ?? [])]
  for (const change of changes) {
    const at = merged.findIndex((one) => sameId(String(one[key]), String(change[key])))
    if (at < 0) merged.push(change)
    else merged[at] = key === 'uid' ? mergeEvse(merged[at]!, change) : mergeShallow(merged[at]!, change)
  }
  return merged
}

/** PUT of one EVSE or one connector of a location that is known. */
export const putPart = (
  location: WireLocation,
  part: Wire,
  evseUid: string,
  connectorId?: string,
): { location: Wire; created: boolean } => {
  const evses = [...(location.evses ?? [])] as WireEvse[]
  const at = evses.findIndex(({ uid }) => sameId(uid, evseUid))
  const last_updated = newest((location as unknown as Wire).last_updated, part.last_updated)
  if (connectorId === undefined) {
    if (at < 0) evses.push(part as unknown as WireEvse)
    else evses[at] = part as unknown as WireEvse
    return { location: { ...location, evses, last_updated }, created: at < 0 }
  }
  const evse = evses[at] as (WireEvse & Wire) | undefined
  if (evse === undefined) return { location: mergeLocation(location, part, evseUid, connectorId), created: true }
  const connectors = [...evse.connectors]
  const place = connectors.findIndex(({ id }) => sameId(id, connectorId))
  if (place < 0) connectors.push(part as never)
  else connectors[place] = part as never
  evses[at] = { ...evse, connectors, last_updated: newest(evse.last_updated, part.last_updated) } as never
  return { location: { ...location, evses, last_updated }, created: place < 0 }
}
