import { chargingIcons } from './charging.ts'
import type { Icon } from './icon.ts'
import { interfaceIcons } from './interface.ts'
import { plugIcons } from './plugs.ts'
import { stateIcons } from './states.ts'

const drawn = { ...plugIcons, ...chargingIcons, ...interfaceIcons, ...stateIcons }
export type IconName = keyof typeof drawn

/** Every icon by name; path data for `react-native-svg`, MapLibre images or a sprite. */
export const icons: Readonly<Record<IconName, Icon>> = drawn
export const iconNames = Object.keys(drawn) as readonly IconName[]
