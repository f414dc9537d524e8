import ComponentTypes from '@theme-original/NavbarItem/ComponentTypes'
import { ContrastButton } from '../../look/ContrastButton'

export default { ...ComponentTypes, 'custom-contrast': ContrastButton }
