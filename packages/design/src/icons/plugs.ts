import type { Icon } from './icon.ts'
import { both, stroke } from './icon.ts'
import { around, box, circle, dots } from './shape.ts'

const face = circle(12, 12, 9.25)

/** Faces of plugs, as a driver sees the socket: the pins tell them apart. */
export const plugIcons = {
  plugType2: both(
    'M5.95 4.5h12.1a9.25 9.25 0 1 1-12.1 0Z',
    dots(1, [9.7, 7.8], [14.3, 7.8]) + dots(1.4, [7.3, 11.9], [12, 11.9], [16.7, 11.9], [9.6, 16.1], [14.4, 16.1]),
  ),
  plugCcs2: both(
    `M8.54 13.5A6.5 6.5 0 0 1 8.17 2.75h7.66a6.5 6.5 0 0 1-.37 10.75${box(4, 13.5, 16, 8, 4)}`,
    dots(0.85, [10.2, 5.6], [13.8, 5.6]) +
      dots(1.15, [8.4, 9], [12, 9], [15.6, 9]) +
      dots(1.75, [8.4, 17.5], [15.6, 17.5]),
  ),
  plugType1: both(face, dots(1.5, [8.7, 8.8], [15.3, 8.8], [12, 16.6]) + dots(1, [7.4, 13.4], [16.6, 13.4])),
  plugCcs1: both(
    `M8.54 13.5a6.5 6.5 0 1 1 6.92 0${box(4, 13.5, 16, 8, 4)}`,
    dots(1.15, [9.7, 6], [14.3, 6], [12, 11]) + dots(0.85, [8.7, 9], [15.3, 9]) + dots(1.75, [8.4, 17.5], [15.6, 17.5]),
  ),
  plugChademo: both(
    face,
    dots(2.1, [7.5, 12], [16.5, 12]) + dots(1, [10.2, 6.8], [13.8, 6.8], [10.2, 17.2], [13.8, 17.2]),
  ),
  plugNacs: both(
    'M8 3h8a5.5 5.5 0 0 1 5.5 5.5c0 3.2-1.1 6.2-3 9a7.8 7.8 0 0 1-13 0c-1.9-2.8-3-5.8-3-9A5.5 5.5 0 0 1 8 3Z',
    dots(2.1, [8.2, 8.6], [15.8, 8.6]) + circle(12, 13.6, 1.4) + dots(1, [8.9, 15.8], [15.1, 15.8]),
  ),
  plugDomestic: both(face + circle(12, 7.9, 1.7), dots(1.6, [8, 14], [16, 14])),
  plugCee: both(
    face,
    around(5, 5, 90)
      .map(([x, y], index) => circle(x, y - 0.2, index === 0 ? 1.6 : 1.15))
      .join('') + box(10.6, 19.4, 2.8, 1.8),
  ),
  plugGbt: both(
    face,
    dots(1, [8.4, 7.6], [15.6, 7.6]) + dots(1.4, [12, 7.9], [7.3, 12.2], [16.7, 12.2], [9.6, 16.6], [14.4, 16.6]),
  ),
  plugMcs: both(
    'M12 2.75 20.5 8v9.5a3.5 3.5 0 0 1-3.5 3.5H7a3.5 3.5 0 0 1-3.5-3.5V8Z',
    dots(2.1, [8, 14.8], [16, 14.8]) + dots(1, [12, 7.6], [9.4, 10], [14.6, 10]),
  ),
  pantograph: stroke('M4 4h16M12 4v3.5M12 7.5 6.5 12l5.5 4.5 5.5-4.5ZM12 16.5V20M5 20h14'),
  /** Any other plug. */
  plug: stroke('M8.5 3v5M15.5 3v5M5.5 8h13v3.5a6.5 6.5 0 0 1-13 0ZM12 18v3.5'),
  /** A cable fixed to the station, against a bare socket. */
  cable: stroke('M4.5 3.5h5v4a2.5 2.5 0 0 1-5 0ZM7 10v7.5a3.5 3.5 0 0 0 7 0v-9a3.5 3.5 0 0 1 3.5-3.5H20M17.5 2.5v5'),
  socket: both(box(3.5, 3.5, 17, 17, 4) + circle(12, 12, 4.75), dots(1, [10.2, 12], [13.8, 12])),
} as const satisfies Readonly<Record<string, Icon>>
