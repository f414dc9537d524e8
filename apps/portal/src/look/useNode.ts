import useDocusaurusContext from '@docusaurus/useDocusaurusContext'

/** The node this portal speaks with: the one that serves it, unless the build named another. */
export const useNode = (): string => {
  const { siteConfig } = useDocusaurusContext()
  const named = String(siteConfig.customFields?.node ?? '')
  return named === '' ? globalThis.location.origin : named
}
