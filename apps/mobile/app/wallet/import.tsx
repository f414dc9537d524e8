export { ImportScreen as default } from '../../src/screens/ImportScreen'
