export { PlugScreen as default } from '../../src/screens/PlugScreen'
