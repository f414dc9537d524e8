import { useState } from 'react'
import { View } from 'react-native'
import Svg, { Path } from 'react-native-svg'
import { useTheme } from '../look/theme'

const height = 72

/** Power over time, as it was told. The figures beside it say the same in words. */
export const PowerLine = ({
  powers,
  label,
}: {
  readonly powers: readonly { readonly at: number; readonly powerW: number }[]
  readonly label: string
}) => {
  const theme = useTheme()
  const [width, setWidth] = useState(0)
  const first = powers[0]
  const last = powers.at(-1)
  if (!first || !last || powers.length < 3) return null
  const most = Math.max(1, ...powers.map(({ powerW }) => powerW))
  const span = Math.max(1, last.at - first.at)
  const x = (at: number): number => ((at - first.at) / span) * width
  const y = (powerW: number): number => height - 4 - (powerW / most) * (height - 8)
  const line = powers
    .map(({ at, powerW }, index) => `${index === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(powerW).toFixed(1)}`)
    .join('')
  return (
    <View
      role="img"
      aria-label={label}
      onLayout={({ nativeEvent }) => setWidth(nativeEvent.layout.width)}
      style={{ height }}
    >
      {width > 0 && (
        <Svg width={width} height={height} aria-hidden>
          <Path d={`${line}L${width} ${height}L0 ${height}Z`} fill={theme.charging.soft} />
          <Path d={line} stroke={theme.charging.solid} strokeWidth={2} fill="none" />
        </Svg>
      )}
    </View>
  )
}
