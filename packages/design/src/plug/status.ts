import type { IconName } from '../icons/names.ts'
import type { MarkerShape } from '../icons/status-shapes.ts'
import type { ToneName } from '../tokens/colour.ts'

/** What a plug is doing, as a person needs to know it. Map, lists and boards use these and no others. */
export const plugStatuses = [
  'available',
  'charging',
  'occupied',
  'reserved',
  'outOfOrder',
  'planned',
  'unknown',
  'unlisted',
] as const
export type PlugStatus = (typeof plugStatuses)[number]

/** Colour, shape and glyph of a status; its words are `status.<name>` in the catalogue. */
export interface StatusLook {
  readonly tone: ToneName & PlugStatus
  readonly shape: MarkerShape
  readonly icon: IconName
  readonly messageKey: `status.${PlugStatus}`
  /** Order in lists and of the worst-to-best stack on the map: lower comes first. */
  readonly rank: number
}

export const statusLooks: Readonly<Record<PlugStatus, StatusLook>> = {
  available: { tone: 'available', shape: 'circle', icon: 'stateAvailable', messageKey: 'status.available', rank: 0 },
  charging: { tone: 'charging', shape: 'hexagon', icon: 'stateCharging', messageKey: 'status.charging', rank: 1 },
  occupied: { tone: 'occupied', shape: 'square', icon: 'stateOccupied', messageKey: 'status.occupied', rank: 2 },
  reserved: { tone: 'reserved', shape: 'diamond', icon: 'stateReserved', messageKey: 'status.reserved', rank: 3 },
  outOfOrder: {
    tone: 'outOfOrder',
    shape: 'octagon',
    icon: 'stateOutOfOrder',
    messageKey: 'status.outOfOrder',
    rank: 4,
  },
  unknown: { tone: 'unknown', shape: 'ring', icon: 'stateUnknown', messageKey: 'status.unknown', rank: 5 },
  planned: { tone: 'planned', shape: 'dashedRing', icon: 'statePlanned', messageKey: 'status.planned', rank: 6 },
  unlisted: { tone: 'unlisted', shape: 'dot', icon: 'stateUnlisted', messageKey: 'status.unlisted', rank: 7 },
}

const fromOcpi: ReadonlyMap<string, PlugStatus> = new Map(
  Object.entries({
    AVAILABLE: 'available',
    BLOCKED: 'occupied',
    CHARGING: 'charging',
    INOPERATIVE: 'outOfOrder',
    OUTOFORDER: 'outOfOrder',
    PLANNED: 'planned',
    REMOVED: 'outOfOrder',
    RESERVED: 'reserved',
    UNKNOWN: 'unknown',
  } as const),
)

/** OCPI 2.2.1 §8.4.23 Status (AVAILABLE, BLOCKED, ...) as a plug status. What OCPI does not know is `unknown`. */
export const plugStatusOf = (ocpiStatus: string): PlugStatus => fromOcpi.get(ocpiStatus.toUpperCase()) ?? 'unknown'
