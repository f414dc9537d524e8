import type { Icon } from './icon.ts'
import { both, stroke } from './icon.ts'
import { alternate, around, box, circle, dots } from './shape.ts'

const boltPath = 'M13 2.5 4.8 13.6h6.4L10.4 21.5 19.2 10h-6.6Z'
const starPath = alternate(around(5, 9.8, -90), around(5, 4.3, -54))
const pinPath = 'M12 21.5c4.7-4.4 7-8.2 7-11.5a7 7 0 1 0-14 0c0 3.3 2.3 7.1 7 11.5Z'

/** Energy, money, places and papers of a charge. */
export const chargingIcons = {
  bolt: stroke(boltPath),
  boltFilled: both(boltPath, boltPath),
  station: stroke(
    'M5 21V5.5A2.5 2.5 0 0 1 7.5 3h5A2.5 2.5 0 0 1 15 5.5V21M3.5 21h13M15 12h1.5a2 2 0 0 1 2 2v2.5a1.5 1.5 0 0 0 3 0V9.5l-3-3M10.7 7 8 11h4l-2.7 4',
  ),
  smartPlug: stroke(
    'M9.2 10v3M14.8 10v3M6 13h12v2.2a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4ZM12 19.2V22M5.2 5.6a9.6 9.6 0 0 1 13.6 0M8.6 8.4a4.8 4.8 0 0 1 6.8 0',
  ),
  car: both(
    'M4.8 11 6.6 6.3a2 2 0 0 1 1.9-1.3h7a2 2 0 0 1 1.9 1.3L19.2 11M3.5 17.5V13a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v4.5ZM6 17.5v2M18 17.5v2',
    dots(1.2, [7.4, 14.3], [16.6, 14.3]),
  ),
  battery: both(`${box(2.5, 7, 16.5, 10, 2.5)}M21.5 10.5v3`, box(5.5, 10, 6.5, 4, 0.6)),
  meter: both('M4.6 18.5a9.25 9.25 0 1 1 14.8 0M12 14l4-4.5', circle(12, 14, 1.6)),
  power: stroke('M3 12h4l2.5-7 4.5 14 2.5-7H21'),
  clock: stroke(`${circle(12, 12, 9.25)}M12 6.8V12l3.4 2.2`),
  timer: stroke(`${circle(12, 13.5, 7.75)}M12 9.5v4l2.5 1.6M9.5 2.5h5`),
  calendar: stroke(`${box(3.5, 5, 17, 15.5, 2.5)}M3.5 10h17M8 2.8v4M16 2.8v4`),
  euro: stroke('M18 6.3a7.5 7.5 0 1 0 0 11.4M3.5 10.3h10M3.5 13.7h9'),
  wallet: both(
    'M17 7.5V5.2A1.7 1.7 0 0 0 15.3 3.5H6A2.5 2.5 0 0 0 3.5 6v11.5A2.5 2.5 0 0 0 6 20h12.5a2 2 0 0 0 2-2V9.5a2 2 0 0 0-2-2H5.4',
    circle(16.2, 13.8, 1.4),
  ),
  receipt: stroke('M5.5 2.8h13v18.4l-2.2-1.6-2.1 1.6-2.2-1.6-2.2 1.6-2.1-1.6-2.2 1.6ZM9 8h6M9 12h6'),
  tariff: both(
    'M3.5 11.2V5A1.5 1.5 0 0 1 5 3.5h6.2a2 2 0 0 1 1.4.6l7.4 7.4a2 2 0 0 1 0 2.8l-5.7 5.7a2 2 0 0 1-2.8 0L4.1 12.6a2 2 0 0 1-.6-1.4Z',
    circle(8, 8, 1.4),
  ),
  card: stroke(`${box(2.5, 5, 19, 14, 2.5)}M2.5 10h19M6 15h3.5`),
  rfid: both(`${box(2.5, 5, 19, 14, 2.5)}M13 9.5a4 4 0 0 1 0 5M16 8a6.6 6.6 0 0 1 0 8`, dots(1.2, [10, 12])),
  signature: stroke(
    'M3 20.5h18M3.5 16c3-.5 7-5 7-9a2.2 2.2 0 0 0-4.2-.9c-1.2 2.6.2 9.9 3.2 9.9 2.3 0 2.6-3.5 4.2-3.5 1.4 0 .9 2.5 2.6 2.5 1.1 0 1.5-1 2.5-1 .8 0 1.2.4 1.7 1',
  ),
  evidence: stroke('M12 2.8 4.5 5.5v5.7c0 4.6 3 8.2 7.5 10 4.5-1.8 7.5-5.4 7.5-10V5.5ZM8.6 11.8l2.4 2.4 4.4-4.6'),
  dispute: stroke('M5 21.5V3.5M5 4.5c4-2 7 2 11 1l3-1v9l-3 1c-4 1-7-3-11-1'),
  refund: stroke('M8.5 4 4 8.5 8.5 13M4 8.5h10a5.75 5.75 0 0 1 0 11.5H8'),
  roaming: stroke('M16.5 3.5 20.5 7.5 16.5 11.5M20.5 7.5H5M7.5 12.5l-4 4 4 4M3.5 16.5H19'),
  mapPin: stroke(pinPath, circle(12, 10, 2.6)),
  directions: stroke('M12 2.6 21.4 12 12 21.4 2.6 12ZM9 14.5v-2a1.5 1.5 0 0 1 1.5-1.5H15M12.7 8.5 15.2 11l-2.5 2.5'),
  parking: stroke(`${box(3.5, 3.5, 17, 17, 4)}M9.5 17V7.5h3.2a2.9 2.9 0 0 1 0 5.8H9.5`),
  star: stroke(starPath),
  starFilled: both(starPath, starPath),
  qr: both(
    box(3.5, 3.5, 6.5, 6.5, 1) + box(14, 3.5, 6.5, 6.5, 1) + box(3.5, 14, 6.5, 6.5, 1),
    box(13.5, 13.5, 2.6, 2.6) +
      box(18.9, 13.5, 2.6, 2.6) +
      box(16.2, 16.2, 2.6, 2.6) +
      box(13.5, 18.9, 2.6, 2.6) +
      box(18.9, 18.9, 2.6, 2.6),
  ),
  leaf: stroke('M5 19C3.5 9.5 9 4 20 4c.5 10-4 16-11.5 15.5C6.8 19.3 5.5 18.5 5 17M4 21c2-5.5 5.5-9 10-11'),
  home: stroke('M3.5 11 12 3.5l8.5 7.5M5.5 9.5V20.5h13V9.5M9.8 20.5v-6h4.4v6'),
} as const satisfies Readonly<Record<string, Icon>>
