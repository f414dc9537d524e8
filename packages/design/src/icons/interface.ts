import type { Icon } from './icon.ts'
import { both, fill, stroke } from './icon.ts'
import { around, box, circle, dots, polygon, rays } from './shape.ts'

const ring = circle(12, 12, 9.25)

/** A cog of eight teeth, each two outer points between two inner ones. */
const cog = (): string => {
  const at = (radius: number, degrees: number) => around(1, radius, degrees)
  return polygon(
    [0, 45, 90, 135, 180, 225, 270, 315].flatMap((turn) => [
      ...at(7.2, turn - 14),
      ...at(9.7, turn - 9),
      ...at(9.7, turn + 9),
      ...at(7.2, turn + 14),
    ]),
  )
}

/** What every screen needs. */
export const interfaceIcons = {
  arrowLeft: stroke('M20.5 12h-17M10.5 5l-7 7 7 7'),
  arrowRight: stroke('M3.5 12h17M13.5 5l7 7-7 7'),
  arrowUp: stroke('M12 20.5v-17M5 10.5l7-7 7 7'),
  arrowDown: stroke('M12 3.5v17M5 13.5l7 7 7-7'),
  chevronLeft: stroke('M15 5l-7 7 7 7'),
  chevronRight: stroke('M9 5l7 7-7 7'),
  chevronUp: stroke('M5 15.5l7-7 7 7'),
  chevronDown: stroke('M5 8.5l7 7 7-7'),
  sort: stroke('M7.5 20V4M3.5 8l4-4 4 4M16.5 4v16M12.5 16l4 4 4-4'),
  externalLink: stroke(
    'M14 3.5h6.5V10M20.5 3.5 11 13M17.5 14v4a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V9A2.5 2.5 0 0 1 6 6.5h4',
  ),
  close: stroke('M5.5 5.5l13 13M18.5 5.5l-13 13'),
  check: stroke('M4 12.8 9.5 18.3 20 6.5'),
  checkCircle: stroke(`${ring}M7.8 12.3l2.9 2.9 5.5-6`),
  closeCircle: stroke(`${ring}M8.7 8.7l6.6 6.6M15.3 8.7l-6.6 6.6`),
  warning: both(
    'M10.3 4.2 2.7 17.5a2 2 0 0 0 1.7 3h15.2a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0ZM12 9.5v4',
    circle(12, 17, 1.2),
  ),
  info: both(`${ring}M12 11.2v5.6`, circle(12, 7.6, 1.2)),
  help: both(`${ring}M9.2 9.5a2.8 2.8 0 1 1 4.2 2.4c-.9.5-1.4 1-1.4 2`, circle(12, 17, 1.2)),
  plus: stroke('M12 4v16M4 12h16'),
  minus: stroke('M4 12h16'),
  menu: stroke('M3.5 6h17M3.5 12h17M3.5 18h17'),
  more: fill(dots(1.75, [5, 12], [12, 12], [19, 12])),
  search: stroke(`${circle(10.5, 10.5, 7)}M15.7 15.7l5.3 5.3`),
  filter: stroke('M3.5 6.5h17M7 12h10M10 17.5h4'),
  settings: stroke(cog(), circle(12, 12, 2.8)),
  sliders: stroke(`M3.5 7h7M15.5 7h5M3.5 17h3M11.5 17h9${circle(13, 7, 2.5)}${circle(9, 17, 2.5)}`),
  locate: both(`${circle(12, 12, 6.5)}M12 2v3.5M12 18.5V22M2 12h3.5M18.5 12H22`, circle(12, 12, 2)),
  map: stroke('M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20ZM9 4v13.5M15 6.5V20'),
  list: both('M8.5 6h12M8.5 12h12M8.5 18h12', dots(1.4, [4, 6], [4, 12], [4, 18])),
  layers: stroke('M12 3 2.8 8 12 13l9.2-5ZM2.8 12.5l9.2 5 9.2-5M2.8 17'),
  user: stroke(circle(12, 8, 4.25), 'M4 20.5c.6-4.2 3.7-6.5 8-6.5s7.4 2.3 8 6.5'),
  team: stroke(
    circle(9, 8.5, 3.75),
    'M2.5 20c.4-3.7 2.9-5.7 6.5-5.7s6.1 2 6.5 5.7M15.5 5.2a3.6 3.6 0 0 1 0 6.7M18 14.8c2 .8 3.2 2.6 3.5 5.2',
  ),
  signIn: stroke('M13.5 3.5H18A2.5 2.5 0 0 1 20.5 6v12a2.5 2.5 0 0 1-2.5 2.5h-4.5M3.5 12H15M10.5 7.5 15 12l-4.5 4.5'),
  signOut: stroke('M10.5 3.5H6A2.5 2.5 0 0 0 3.5 6v12A2.5 2.5 0 0 0 6 20.5h4.5M9.5 12h11M16 7.5l4.5 4.5-4.5 4.5'),
  lock: both(`${box(4.5, 10.5, 15, 10.5, 2.5)}M8 10.5V7a4 4 0 0 1 8 0v3.5`, circle(12, 15.7, 1.4)),
  unlock: both(`${box(4.5, 10.5, 15, 10.5, 2.5)}M8 10.5V7a4 4 0 0 1 7.7-1.5`, circle(12, 15.7, 1.4)),
  key: stroke(circle(8, 15.5, 4.75), 'M11.5 12 20 3.5M16.5 7l3 3'),
  eye: stroke('M2 12c2.2-4.3 5.6-6.5 10-6.5S19.8 7.7 22 12c-2.2 4.3-5.6 6.5-10 6.5S4.2 16.3 2 12Z', circle(12, 12, 3)),
  eyeOff: stroke(
    'M10 5.7c.6-.1 1.3-.2 2-.2 4.4 0 7.8 2.2 10 6.5-.7 1.4-1.6 2.6-2.6 3.5M6.5 7.3C4.6 8.4 3.1 9.9 2 12c2.2 4.3 5.6 6.5 10 6.5 2 0 3.7-.4 5.3-1.3M9.9 9.9a3 3 0 0 0 4.2 4.2M3.5 3.5l17 17',
  ),
  bell: stroke(
    'M5 17.5c1.3-1.4 1.8-3 1.8-6.2C6.8 7.5 8.9 5 12 5s5.2 2.5 5.2 6.3c0 3.2.5 4.8 1.8 6.2ZM10 20.8h4M12 2.5V5',
  ),
  language: stroke(
    `${ring}M2.75 12h18.5M12 2.75c2.5 2.7 3.7 5.8 3.7 9.25s-1.2 6.55-3.7 9.25C9.5 18.55 8.3 15.45 8.3 12S9.5 5.45 12 2.75Z`,
  ),
  sun: stroke(circle(12, 12, 4.25), rays(8, 7.6, 9.8)),
  moon: stroke('M20.5 14.2A8.8 8.8 0 1 1 9.8 3.5a7 7 0 0 0 10.7 10.7Z'),
  contrast: both(ring, 'M12 2.75a9.25 9.25 0 0 1 0 18.5Z'),
  edit: stroke('M4 20l1-4.5L16.2 4.3a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19ZM14 6.5l3.5 3.5'),
  trash: stroke(
    'M3.5 6.5h17M9 6.5V4.5A1.5 1.5 0 0 1 10.5 3h3A1.5 1.5 0 0 1 15 4.5v2M5.5 6.5l1 12.2A2 2 0 0 0 8.5 20.5h7a2 2 0 0 0 2-1.8l1-12.2M10 11v5.5M14 11v5.5',
  ),
  copy: stroke(box(8.5, 8.5, 12, 12, 2.5), 'M15.5 5.5A2 2 0 0 0 13.5 3.5H6A2.5 2.5 0 0 0 3.5 6v7.5a2 2 0 0 0 2 2'),
  download: stroke('M12 3.5v12M6.5 10l5.5 5.5 5.5-5.5M3.5 20.5h17'),
  upload: stroke('M12 15.5v-12M6.5 9 12 3.5 17.5 9M3.5 20.5h17'),
  refresh: stroke('M20 11.5A8.2 8.2 0 0 0 5.6 7M4 12.5A8.2 8.2 0 0 0 18.4 17M5 2.8V7.5h4.7M19 21.2V16.5h-4.7'),
  history: stroke('M4.2 8.5A8.75 8.75 0 1 1 3.3 13M4 3.5v5h5M12 7.5V12l3.2 2'),
  link: stroke(
    'M10 14a4.2 4.2 0 0 0 6 0l3-3a4.24 4.24 0 0 0-6-6l-1.2 1.2M14 10a4.2 4.2 0 0 0-6 0l-3 3a4.24 4.24 0 0 0 6 6l1.2-1.2',
  ),
  share: stroke(
    circle(6, 12, 2.75),
    circle(17.5, 5.5, 2.75),
    circle(17.5, 18.5, 2.75),
    'M8.4 10.7l6.7-3.9M8.4 13.3l6.7 3.9',
  ),
  document: stroke(
    'M13.5 3H7a2.5 2.5 0 0 0-2.5 2.5v13A2.5 2.5 0 0 0 7 21h10a2.5 2.5 0 0 0 2.5-2.5V9ZM13.5 3v6h6M8.5 13.5h7M8.5 17h4.5',
  ),
  code: stroke('M8 6.5 2.5 12 8 17.5M16 6.5 21.5 12 16 17.5M13.5 4l-3 16'),
  terminal: stroke(`${box(2.5, 4, 19, 16, 2.5)}M6.5 9l3 3-3 3M12.5 15h5`),
  chart: stroke('M3.5 3.5v17h17M8 16v-4M12.5 16V7.5M17 16v-6'),
  camera: stroke(
    'M3.5 8.5A2 2 0 0 1 5.5 6.5h2.3L9.3 4h5.4l1.5 2.5h2.3a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2Z',
    circle(12, 13, 3.6),
  ),
  photo: stroke(box(3, 4, 18, 16, 2.5), circle(8.5, 9.5, 1.75), 'M3.5 18l5.5-5 3.5 3 4-4.5 4.5 4.5'),
  phone: stroke('M4 4.5h4l1.8 4.7-2.3 1.6a13 13 0 0 0 5.7 5.7l1.6-2.3 4.7 1.8v4c-9 1-16.5-6.5-15.5-15.5Z'),
  play: stroke('M7 4.2v15.6L19.5 12Z'),
  pause: stroke(box(5.5, 4, 4, 16, 1), box(14.5, 4, 4, 16, 1)),
  stop: stroke(box(5, 5, 14, 14, 2.5)),
  online: both(
    'M2.5 9.5a13.5 13.5 0 0 1 19 0M5.8 13a8.8 8.8 0 0 1 12.4 0M9 16.3a4.2 4.2 0 0 1 6 0',
    circle(12, 19.5, 1.3),
  ),
  offline: both(
    'M2.5 9.5A13.5 13.5 0 0 1 8 6.2M12 5.5a13.5 13.5 0 0 1 9.5 4M5.8 13a8.8 8.8 0 0 1 5-2.5M15.5 11.3c1 .4 1.9 1 2.7 1.7M3.5 3.5l17 17',
    circle(12, 19.5, 1.3),
  ),
  accessible: stroke(circle(11, 4.5, 1.75), 'M11 8.5v6h5l2.5 5M11 11h4.5M8.5 11.5a5 5 0 1 0 6 7'),
} as const satisfies Readonly<Record<string, Icon>>
