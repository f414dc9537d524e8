import encodeQR from 'qr'
import { View } from 'react-native'
import Svg, { Path, Rect } from 'react-native-svg'

/** A QR code, dark on light in every theme: that is how scanners read it. */
export const Qr = ({
  text,
  label,
  size = 220,
}: {
  readonly text: string
  readonly label: string
  readonly size?: number
}) => {
  const dots = encodeQR(text, 'raw', { ecc: 'medium', border: 2 })
  const path = dots.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <View role="img" aria-label={label} style={{ alignSelf: 'center' }}>
      <Svg width={size} height={size} viewBox={`0 0 ${dots.length} ${dots.length}`} aria-hidden>
        <Rect width={dots.length} height={dots.length} fill="#ffffff" />
        <Path d={path} fill="#000000" />
      </Svg>
    </View>
  )
}
