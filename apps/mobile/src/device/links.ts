import { Linking, Platform } from 'react-native'
import type { Place } from './links-place'

/** Hands over to the navigation the person has. */
export const navigateTo = (place: Place): Promise<unknown> => {
  const label = encodeURIComponent(place.name)
  const at = `${place.lat},${place.lon}`
  return Linking.openURL(
    Platform.OS === 'ios' ? `maps://?daddr=${at}&q=${label}` : `geo:${at}?q=${at}(${label})`,
  ).catch(() => Linking.openURL(`https://www.openstreetmap.org/directions?to=${at}`))
}
export const openPage = (address: string): Promise<unknown> => Linking.openURL(address)
