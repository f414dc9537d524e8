export { AccountScreen as default } from '../../src/screens/AccountScreen'
