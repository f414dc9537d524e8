/** Lengths in device-independent pixels; `toCss` writes type in rem so that a person's own font size counts. */

/** Gaps and paddings. Steps of 4, wider as they grow. */
export const space = { none: 0, hair: 2, xs: 4, s: 8, m: 12, l: 16, xl: 24, xxl: 32, section: 48, page: 64 } as const

export const radius = { none: 0, s: 4, m: 8, l: 12, xl: 20, round: 9999 } as const

/** Smallest side of what a finger must hit: 44 as phones ask; never under 24 (WCAG 2.2, 2.5.8). */
export const target = { comfortable: 44, minimum: 24 } as const

export const iconSize = { s: 16, m: 20, l: 24, xl: 32 } as const

/** Widths from which a wider layout begins. */
export const breakpoint = { phone: 0, tablet: 640, laptop: 1024, desktop: 1440 } as const

/** What lies above what. */
export const layer = {
  base: 0,
  raised: 10,
  sticky: 100,
  mapControls: 200,
  drawer: 300,
  dialog: 400,
  toast: 500,
} as const

export type SpaceName = keyof typeof space
export type RadiusName = keyof typeof radius
export type BreakpointName = keyof typeof breakpoint
export type LayerName = keyof typeof layer
