import { motionFor, type Theme, themeFor, themes } from '@werenode/design/tokens'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { AccessibilityInfo, useColorScheme } from 'react-native'
import { prefersMoreContrast } from '../device/contrast'

/** What a person chose over the device's own. */
export interface LookChoice {
  readonly theme: 'system' | 'light' | 'dark'
  readonly highContrast: boolean
  readonly reducedMotion: boolean
  /** Whether the device may be felt. */
  readonly haptics: boolean
}

interface Look {
  readonly theme: Theme
  readonly motion: ReturnType<typeof motionFor>
  /** What may be felt: with reduced motion only what carries a meaning. */
  readonly touch: 'all' | 'meaning' | 'none'
}

const LookContext = createContext<Look>({ theme: themes.light, motion: motionFor(false), touch: 'all' })

/** Theme and motion for everything below: the person's choice, or the device's. */
export const LookProvider = ({ choice, children }: { readonly choice: LookChoice; readonly children: ReactNode }) => {
  const scheme = useColorScheme()
  const [still, setStill] = useState(false)
  useEffect(() => {
    void AccessibilityInfo.isReduceMotionEnabled().then(setStill)
    const listening = AccessibilityInfo.addEventListener('reduceMotionChanged', setStill)
    return () => listening.remove()
  }, [])
  const dark = choice.theme === 'system' ? scheme === 'dark' : choice.theme === 'dark'
  const highContrast = choice.highContrast || prefersMoreContrast()
  const reduced = choice.reducedMotion || still
  const look = useMemo<Look>(
    () => ({
      theme: themes[themeFor({ dark, highContrast })],
      motion: motionFor(reduced),
      touch: choice.haptics ? (reduced ? 'meaning' : 'all') : 'none',
    }),
    [dark, highContrast, reduced, choice.haptics],
  )
  return <LookContext.Provider value={look}>{children}</LookContext.Provider>
}

export const useTheme = (): Theme => useContext(LookContext).theme
export const useMotion = (): Look['motion'] => useContext(LookContext).motion
export const useTouch = (): Look['touch'] => useContext(LookContext).touch
