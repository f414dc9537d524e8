import { around, box, circle, polygon } from './shape.ts'

/**
 * The outlines of status markers. Each status has its own, so that a marker is told apart in grey, by the colour-blind and at 16 pixels
 * (WCAG 2.2, 1.4.1).
 */
export const markerShapes = {
  circle: circle(12, 12, 10),
  hexagon: polygon(around(6, 11, -90)),
  square: box(2.5, 2.5, 19, 19, 4),
  diamond: polygon(around(4, 11.5, -90)),
  octagon: polygon(around(8, 10.8, -67.5)),
  ring: circle(12, 12, 9.5),
  dashedRing: circle(12, 12, 9.5),
  dot: circle(12, 12, 6),
} as const

export type MarkerShape = keyof typeof markerShapes

/** Hollow shapes are filled with the halo and outlined in the tone: there is nothing to charge at now, or nobody knows. */
export const isHollow = (shape: MarkerShape): boolean => shape === 'ring' || shape === 'dashedRing' || shape === 'dot'
export const isDashed = (shape: MarkerShape): boolean => shape === 'dashedRing'
