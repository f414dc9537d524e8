import { type IconName, icons } from '@werenode/design/icons'
import Svg, { Path } from 'react-native-svg'
import { useTheme } from './theme'

/** An icon of the house. It only decorates: what it stands for is said in words beside it, or in the label of what holds it. */
export const Icon = ({
  name,
  size = 24,
  colour,
}: {
  readonly name: IconName
  readonly size?: number
  readonly colour?: string
}) => {
  const theme = useTheme()
  const ink = colour ?? theme.text.primary
  const { stroke, fill } = icons[name]
  return (
    <Svg viewBox="0 0 24 24" width={size} height={size} fill="none" style={{ flexShrink: 0 }} aria-hidden>
      {stroke && <Path d={stroke} stroke={ink} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" />}
      {fill && <Path d={fill} fill={ink} />}
    </Svg>
  )
}
