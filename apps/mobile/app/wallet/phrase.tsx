export { PhraseScreen as default } from '../../src/screens/PhraseScreen'
