import { useColorMode } from '@docusaurus/theme-common'
import { type ThemeName, themeFor } from '@werenode/design/tokens'
import { useEffect, useState } from 'react'

/** The theme the page is in now, whoever chose it. */
export const useTheme = (): ThemeName => {
  const { colorMode } = useColorMode()
  const [highContrast, setHighContrast] = useState(false)
  useEffect(() => {
    const device = matchMedia('(prefers-contrast: more)')
    const read = (): void => {
      const chosen = document.documentElement.dataset.contrast
      setHighContrast(chosen === undefined ? device.matches : chosen === 'more')
    }
    read()
    const watch = new MutationObserver(read)
    watch.observe(document.documentElement, { attributeFilter: ['data-contrast'] })
    device.addEventListener('change', read)
    return () => {
      watch.disconnect()
      device.removeEventListener('change', read)
    }
  }, [])
  return themeFor({ dark: colorMode === 'dark', highContrast })
}
