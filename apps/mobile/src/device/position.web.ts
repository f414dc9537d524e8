import type { Found } from './position-answer'

const timeoutMs = 15_000
const denied = 1

/** Where the driver is, asked for once. Never throws: a refusal is an answer. */
export const findMe = (): Promise<Found> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve({ outcome: 'unknown' })
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ outcome: 'found', position: { lat: coords.latitude, lon: coords.longitude } }),
      ({ code }) => resolve({ outcome: code === denied ? 'denied' : 'unknown' }),
      { maximumAge: 60_000, timeout: timeoutMs },
    )
  })
