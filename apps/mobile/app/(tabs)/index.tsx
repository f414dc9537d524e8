export { FindScreen as default } from '../../src/screens/FindScreen'
