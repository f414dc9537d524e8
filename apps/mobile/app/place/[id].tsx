export { PlaceScreen as default } from '../../src/screens/PlaceScreen'
