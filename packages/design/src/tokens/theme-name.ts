/** Light and dark, each also in high contrast (7:1 text, 4.5:1 graphics). */
export const themeNames = ['light', 'dark', 'highContrastLight', 'highContrastDark'] as const
export type ThemeName = (typeof themeNames)[number]

/** The theme for what a person's device asks for (`prefers-color-scheme`, `prefers-contrast`) or what they chose in the settings. */
export const themeFor = (wish: { readonly dark: boolean; readonly highContrast: boolean }): ThemeName => {
  if (wish.highContrast) return wish.dark ? 'highContrastDark' : 'highContrastLight'
  return wish.dark ? 'dark' : 'light'
}

export const isDark = (theme: ThemeName): boolean => theme === 'dark' || theme === 'highContrastDark'
export const isHighContrast = (theme: ThemeName): boolean => theme.startsWith('highContrast')
