import * as Location from 'expo-location'
import type { Found } from './position-answer'

/** Where the driver is, asked for once. Never throws: a refusal is an answer. */
export const findMe = async (): Promise<Found> => {
  try {
    const { granted } = await Location.requestForegroundPermissionsAsync()
    if (!granted) return { outcome: 'denied' }
    const known = await Location.getLastKnownPositionAsync({ maxAge: 60_000 })
    const { coords } = known ?? (await Location.getCurrentPositionAsync({ accuracy: Location.Accuracy.Balanced }))
    return { outcome: 'found', position: { lat: coords.latitude, lon: coords.longitude } }
  } catch {
    // Location services are off, or nothing could be received.
    return { outcome: 'unknown' }
  }
}
