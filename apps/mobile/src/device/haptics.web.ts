const shake = (pattern: number | number[]): void => {
  // Browsers refuse before the first touch, and many have no motor.
  if ('vibrate' in navigator && (navigator.userActivation?.hasBeenActive ?? false)) navigator.vibrate(pattern)
}

export const tap = (): void => shake(8)
export const success = (): void => shake([10, 60, 20])
export const failure = (): void => shake([30, 40, 30])
