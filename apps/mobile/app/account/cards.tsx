export { CardsScreen as default } from '../../src/screens/CardsScreen'
