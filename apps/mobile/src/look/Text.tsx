import type { TextStyleName } from '@werenode/design/tokens'
import type { ReactNode } from 'react'
import { Text as NativeText, type TextProps } from 'react-native'
import { sized } from './text-size'
import { useTheme } from './theme'

interface Props extends TextProps {
  readonly as?: TextStyleName
  readonly tone?: 'primary' | 'muted' | 'link' | 'danger' | 'positive' | 'warning' | 'accent'
  readonly colour?: string
  /** 1 for the title of the screen, 2 for a part of it. */
  readonly level?: 1 | 2 | 3
  readonly children?: ReactNode
}

/** Text in a role of the design; it grows with the person's own font size. */
export const Text = ({ as = 'body', tone = 'primary', colour, level, style, ...rest }: Props) => {
  const theme = useTheme()
  const own = tone === 'primary' || tone === 'muted' || tone === 'link' ? theme.text[tone] : theme[tone].text
  return (
    <NativeText
      {...(level === undefined ? {} : { role: 'heading' as const, 'aria-level': level })}
      // As on a device: a long word is broken rather than pushed out of a row.
      style={[sized(theme.textStyle[as]), { color: colour ?? own, minWidth: 0 }, style]}
      {...rest}
    />
  )
}
