/**
 * The raw ramps, evenly stepped in perceived lightness (OKLCH), so that the same step of two hues has nearly the same contrast.
 * Private to this folder: apps use the semantic names of a theme, never a step of a ramp.
 */
export type Step = 50 | 100 | 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900 | 950
/** `#rrggbb`, which CSS, React Native, MapLibre and terminals all read. */
export type Hex = `#${string}`
export type Ramp = Readonly<Record<Step, Hex>>

const ramp = (colours: string): Ramp => {
  const steps: readonly Step[] = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]
  const hex = colours.split(' ')
  return Object.fromEntries(steps.map((step, index) => [step, `#${hex[index]}`])) as Ramp
}

export const white: Hex = '#ffffff'
export const black: Hex = '#000000'

/** Neutral with a breath of petrol: text, surfaces, lines. */
export const ink = ramp('f5f8f9 ebf0f1 dbe3e5 c2cdd0 a8b3b6 859296 657175 4f5c60 384a4f 223338 101e22')
/** The house's own colour: what you can press. */
export const petrol = ramp('eafbfd d7f5f9 b4e9ef 89dae3 57c3cf 35a7b2 00818c 006b74 045259 00393f 002125')
export const green = ramp('eafdee d8f8df b6eec3 8ce1a4 5bcc80 3aaf65 028844 037138 015729 003d1b 00230c')
export const blue = ramp('f3f7fe e5efff cbe0ff abcdfe 7fb3ff 4a93fe 236dd5 185ab4 10458c 0a2f64 031a3d')
export const amber = ramp('fff6eb ffebd3 ffd6a5 fbbd6e eb9f2c ca8407 9b6400 815200 643f00 472b00 2a1700')
export const orange = ramp('fef5f0 ffeadf ffd4be ffb894 ff8f51 e47027 b45002 964100 753000 532000 330f00')
export const violet = ramp('f8f5fe f1ebfe e3d6ff d3bdfe c09aff a777ef 8352c7 6d42a7 543282 3a225c 221138')
export const red = ramp('fef5f3 ffe9e6 fed2cc ffb5ac fe8b7f f45a51 c9302d a92221 841817 5d100f 390605')
/** The spark of the logo; never text. */
export const volt = ramp('f3fbe2 e7f6c9 d2ea9b bada61 9ec202 85a402 657d04 536700 3f4f01 2b3700 172000')
