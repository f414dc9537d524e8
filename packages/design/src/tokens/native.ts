import type { Shadow } from './shadow.ts'
import type { TextStyle } from './type.ts'

/** A role of text as React Native takes it; its line height is in pixels, its spacing too. */
export const nativeText = ({ size, lineHeight, weight, letterSpacing, tabular }: TextStyle) => ({
  fontSize: size,
  lineHeight,
  fontWeight: String(weight) as '400' | '500' | '600' | '700',
  letterSpacing: letterSpacing * size,
  ...(tabular ? { fontVariant: ['tabular-nums' as const] } : {}),
})

/** A shadow as React Native takes it: `shadow*` for iOS, `elevation` for Android. */
export const nativeShadow = ({ colour, opacity, offsetY, blur, elevation }: Shadow) => ({
  shadowColor: colour,
  shadowOpacity: opacity,
  shadowOffset: { width: 0, height: offsetY },
  shadowRadius: blur / 2,
  elevation: opacity === 0 ? 0 : elevation,
})
