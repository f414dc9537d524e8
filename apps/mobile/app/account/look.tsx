export { LookScreen as default } from '../../src/screens/LookScreen'
