export { WithdrawScreen as default } from '../../src/screens/WithdrawScreen'
