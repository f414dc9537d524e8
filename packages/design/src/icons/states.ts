import type { Icon } from './icon.ts'
import { both, fill, stroke } from './icon.ts'
import { box, dots } from './shape.ts'

/** Glyphs inside a status marker: bolder and smaller than the icons of the interface. */
export const stateIcons = {
  stateAvailable: stroke('M7.4 12.6l3.2 3.2 6-7'),
  stateCharging: fill('M13.2 4.8 7 13.2h4l-.4 6 6.4-8.6h-4.3Z'),
  stateOccupied: fill('M6 12.6 7.4 8.8A2 2 0 0 1 9.3 7.5h5.4a2 2 0 0 1 1.9 1.3L18 12.6V16.8h-2.2v-1.3H8.2v1.3H6Z'),
  stateReserved: both('M9.9 10.8V9.4a2.1 2.1 0 0 1 4.2 0v1.4', box(7.6, 10.6, 8.8, 6.4, 1.4)),
  stateOutOfOrder: stroke('M8.5 8.5l7 7M15.5 8.5l-7 7'),
  statePlanned: fill(dots(1.3, [8, 12], [12, 12], [16, 12])),
  stateUnknown: { stroke: 'M9.6 9.6a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.300.9-1.3 1.7', fill: dots(1.2, [12, 16.4]) },
  stateUnlisted: fill(dots(1.6, [12, 12])),
} as const satisfies Readonly<Record<string, Icon>>
