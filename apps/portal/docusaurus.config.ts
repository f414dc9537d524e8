import type * as Preset from '@docusaurus/preset-classic'
import type { Config, Plugin } from '@docusaurus/types'
import { codeTheme } from './code-theme'

/** Where the node is when the portal is not served by it, for `pnpm dev`. */
const node = process.env.WERENODE_NODE ?? ''

/** maplibre-gl asks for its worker by an expression, which the bundler would warn of on every build. */
const quietMap = (): Plugin => ({
  name: 'quiet-map',
  configureWebpack: () => ({ module: { parser: { javascript: { exprContextCritical: false } } } }),
})

/**
 * The theme colours code by a library that it loads on every page. Here it comes with the blocks of code (`src/theme/CodeBlock.tsx`), which home,
 * map and desk have none of before they are drawn.
 */
const coloursWithCode = (): Plugin => ({
  name: 'colours-with-code',
  configureWebpack: (_config, _isServer, { currentBundler }) => ({
    plugins: [
      new currentBundler.instance.NormalModuleReplacementPlugin(
        /theme-classic[\\/]lib[\\/]prism-include-languages(\.js)?$/,
        require.resolve('./src/look/no-colours-yet.ts'),
      ),
    ],
  }),
})

/** Pages under whose address more follows: `/c/FR*WRN*E000001*1` is what a QR code leads to. */
const deepPages = (): Plugin => ({
  name: 'deep-pages',
  async contentLoaded({ actions }) {
    actions.addRoute({ path: actionsPath('/c'), component: '@site/src/charge/FromSticker.tsx', exact: false })
  },
})
const locale = process.env.DOCUSAURUS_CURRENT_LOCALE
const actionsPath = (path: string): string => (locale === undefined || locale === 'en' ? path : `/${locale}${path}`)

const config: Config = {
  title: 'Werenode',
  tagline: 'The open charging network that anyone can run',
  favicon: 'brand/favicon.svg',
  url: 'http://localhost:8080',
  baseUrl: '/',
  trailingSlash: false,
  noIndex: false,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  future: { v4: { removeLegacyPostBuildHeadAttribute: true, useCssCascadeLayers: false }, faster: true },
  markdown: { format: 'detect', hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' } },
  i18n: {
    defaultLocale: 'en',
    locales: ['en', 'fr'],
    localeConfigs: { en: { label: 'English', htmlLang: 'en' }, fr: { label: 'Français', htmlLang: 'fr' } },
  },
  customFields: {
    node,
    /** A MapLibre style or a PMTiles archive of one's own instead of the base map that comes with us. */
    mapStyleUrl: process.env.WERENODE_MAP_STYLE ?? '',
    mapArchiveUrl: process.env.WERENODE_MAP_ARCHIVE ?? '/map/europe.pmtiles',
  },
  presets: [
    [
      'classic',
      {
        docs: { sidebarPath: './sidebars.ts', breadcrumbs: true, showLastUpdateTime: false },
        blog: false,
        sitemap: false,
        theme: { customCss: ['./src/css/infima.css', './src/css/portal.css'] },
      } satisfies Preset.Options,
    ],
  ],
  clientModules: ['./src/offline/register.ts'],
  plugins: [quietMap, coloursWithCode, deepPages],
  themes: [
    [
      '@easyops-cn/docusaurus-search-local',
      {
        hashed: true,
        language: ['en', 'fr'],
        indexBlog: false,
        indexPages: true,
        highlightSearchTermsOnTargetPage: true,
      },
    ],
  ],
  themeConfig: {
    image: 'brand/icon-512.png',
    colorMode: { defaultMode: 'light', respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: true, autoCollapseCategories: true } },
    navbar: {
      title: '',
      logo: {
        alt: 'Werenode',
        src: 'brand/wordmark-light.svg',
        srcDark: 'brand/wordmark-dark.svg',
        width: 132,
        height: 32,
      },
      items: [
        { to: '/map', label: 'Map', position: 'left' },
        { to: '/docs', label: 'Documentation', position: 'left' },
        { to: '/desk', label: 'Operator desk', position: 'left' },
        { type: 'localeDropdown', position: 'right' },
        { type: 'custom-contrast', position: 'right' },
      ],
    },
    footer: {
      links: [
        {
          title: 'Drive',
          items: [
            { label: 'Map', to: '/map' },
            { label: 'First charge', to: '/docs/drive/first-charge' },
            { label: 'What you can rely on', to: '/docs/understand/security' },
          ],
        },
        {
          title: 'Operate',
          items: [
            { label: 'Operator desk', to: '/desk' },
            { label: 'Run a network', to: '/docs/operate/run-a-network' },
            { label: 'Connect a charger', to: '/docs/operate/connect-a-charger' },
          ],
        },
        {
          title: 'Build',
          items: [
            { label: 'SDK', to: '/docs/build/sdk' },
            { label: 'REST API', to: '/docs/reference/api' },
            { label: 'GraphQL', to: '/docs/reference/graphql' },
            { label: 'Data dictionary', to: '/docs/reference/data' },
          ],
        },
      ],
      copyright: `Werenode is free software under Apache-2.0. Base map: Natural Earth, GeoNames (CC BY 4.0).`,
    },
    prism: {
      theme: codeTheme,
      darkTheme: codeTheme,
      additionalLanguages: ['bash', 'json', 'solidity'],
    },
  } satisfies Preset.ThemeConfig,
}

export default config
