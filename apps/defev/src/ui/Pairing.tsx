import encodeQR from 'qr'
import { useDesk } from './context.ts'

/** The address of a pairing, for a wallet on another device to scan or on this one to open. */
export const Pairing = ({ uri }: { uri: string }) => {
  const { say } = useDesk()
  const rows = encodeQR(uri, 'raw', { ecc: 'low' })
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <div className="pairing">
      <p>{say('wallet.pair')}</p>
      <svg viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={say('wallet.pair')}>
        <path className="pairing__ground" d={`M0 0h${rows.length}v${rows.length}h-${rows.length}z`} />
        <path className="pairing__code" d={path} />
      </svg>
      <a href={uri}>{say('wallet.pairLink')}</a>
    </div>
  )
}
