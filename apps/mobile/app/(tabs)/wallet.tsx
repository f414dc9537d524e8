export { WalletScreen as default } from '../../src/screens/WalletScreen'
