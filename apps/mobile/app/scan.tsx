export { ScanScreen as default } from '../src/screens/ScanScreen'
