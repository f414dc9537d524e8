/** A device lets text grow by itself. */
export { nativeText as sized, nativeText as sizedForTab } from '@werenode/design/tokens'
