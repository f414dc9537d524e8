export { ChargesScreen as default } from '../../src/screens/ChargesScreen'
