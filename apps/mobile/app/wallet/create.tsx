export { CreateWalletScreen as default } from '../../src/screens/CreateWalletScreen'
