export { NoticesScreen as default } from '../../src/screens/NoticesScreen'
