export { ChargeScreen as default } from '../../src/screens/ChargeScreen'
