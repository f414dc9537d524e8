export { CallbackScreen as default } from '../src/screens/CallbackScreen'
