export { VehiclesScreen as default } from '../../src/screens/VehiclesScreen'
