export { AddMoneyScreen as default } from '../../src/screens/AddMoneyScreen'
