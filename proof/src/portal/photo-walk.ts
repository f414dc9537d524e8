import type { Page } from 'playwright-core'

export interface PhotoTale {
  /** Photos of the place before, after one was chosen, and after it was taken off. */
  readonly counts: readonly [number, number, number]
  /** How wide the new one is drawn, px. */
  readonly width: number
}

/** A picture of one colour, as small as one can be. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAQ0lEQVR42u3PQQkAAAgEsItgRKMY3Qp+hcEKLDX9WgQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQErhZR+kCm7Lh1vQAAAABJRU5ErkJggg==',
  'base64',
)

/** An operator puts a photo of a place up at the desk, sees it, and takes it off. */
export const putPhotoUp = async (
  page: Page,
  placeId: string,
  look: (name: string) => Promise<void>,
): Promise<PhotoTale> => {
  await page.getByRole('tab', { name: 'Places' }).click()
  await page.locator(`tr[data-row="${placeId}"]`).getByRole('button', { name: 'Edit' }).click()
  const photos = page.getByRole('region', { name: 'Photos' })
  const count = async (): Promise<number> => Number(await photos.locator('ul').getAttribute('data-photos'))
  const becomes = (wanted: number): Promise<void> =>
    photos.locator(`ul[data-photos="${wanted}"]`).waitFor({ state: 'attached' })
  const before = await count()
  await photos.getByLabel('Add a photo').setInputFiles({ name: 'place.png', mimeType: 'image/png', buffer: picture })
  await becomes(before + 1)
  const image = photos.locator('img').last()
  await image.scrollIntoViewIfNeeded()
  const width = await image.evaluate(async (drawn) => {
    const img = drawn as unknown as { decode(): Promise<void>; naturalWidth: number }
    await img.decode()
    return img.naturalWidth
  })
  await look('desk-place-photos')
  const after = await count()
  const last = photos.locator('li').last()
  await last.getByRole('button', { name: 'Remove' }).click()
  await last.getByRole('button', { name: 'Really remove' }).click()
  await becomes(before)
  const left = await count()
  await page.keyboard.press('Escape')
  return { counts: [before, after, left], width }
}
