import { markerSvg, type PlugStatus } from '@werenode/design/plug'
import type { ThemeName } from '@werenode/design/tokens'
import type { Map as GlMap } from 'maplibre-gl'
import { imageOf, placeStatuses } from '../src/style/index.ts'

const side = 30
const density = 2

const draw = async (status: PlugStatus, theme: ThemeName): Promise<ImageData> => {
  const picture = new Image(side * density, side * density)
  picture.src = `data:image/svg+xml,${encodeURIComponent(markerSvg(status, { theme, size: side * density }))}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = side * density
  canvas.height = side * density
  // Its pixels are read: a canvas of the graphics processor would hold the page up until that has come round to it.
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** The markers of a theme, as design draws them. */
export const addMarkers = async (map: GlMap, theme: ThemeName): Promise<void> => {
  const images = await Promise.all(
    placeStatuses.map(async (status) => [imageOf(status), await draw(status, theme)] as const),
  )
  for (const [name, image] of images)
    if (map.hasImage(name)) map.updateImage(name, image)
    else map.addImage(name, image, { pixelRatio: density })
}
