import type { Place } from './links-place'

/** Hands over to the navigation the person has: phones' browsers open `geo:` in it, others a page with directions. */
export const navigateTo = async ({ lat, lon, name }: Place): Promise<unknown> => {
  const at = `${lat},${lon}`
  if (/Android/i.test(navigator.userAgent)) location.href = `geo:${at}?q=${at}(${encodeURIComponent(name)})`
  else if (/iPhone|iPad/i.test(navigator.userAgent)) location.href = `maps://?daddr=${at}`
  else open(`https://www.openstreetmap.org/directions?to=${encodeURIComponent(at)}`, '_blank', 'noopener')
  return undefined
}
export const openPage = async (address: string): Promise<unknown> => open(address, '_blank', 'noopener')
