import MDXComponents from '@theme-original/MDXComponents'
import { ScrollTable } from '../look/ScrollTable'

export default { ...MDXComponents, table: ScrollTable }
