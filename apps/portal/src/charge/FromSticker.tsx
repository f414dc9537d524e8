import { Redirect, useLocation } from '@docusaurus/router'
import useBaseUrl from '@docusaurus/useBaseUrl'

/** `/c/FR*WRN*E000001*1`, what a QR code at a plug leads to: the charge at that plug. */
const FromSticker = () => {
  const { pathname } = useLocation()
  const charge = useBaseUrl('/charge')
  const plug = decodeURIComponent(/\/c\/(.+)$/.exec(pathname)?.[1] ?? '')
  return <Redirect to={plug === '' ? charge : `${charge}?plug=${encodeURIComponent(plug)}`} />
}
export default FromSticker
