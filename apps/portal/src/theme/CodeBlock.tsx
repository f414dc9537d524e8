import includeLanguages from '@theme/prism-include-languages'
import CodeBlock from '@theme-original/CodeBlock'
import { Prism } from 'prism-react-renderer'

includeLanguages(Prism)

/** A block of code, with the languages of our own that it is coloured in. */
export default CodeBlock
