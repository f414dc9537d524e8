export { ConnectScreen as default } from '../../src/screens/ConnectScreen'
