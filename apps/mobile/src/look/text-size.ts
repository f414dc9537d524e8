/** A device lets text grow by itself. */
export { nativeText as sized } from '@werenode/design/tokens'
