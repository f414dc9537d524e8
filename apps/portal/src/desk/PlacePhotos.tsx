import type { Location, Party } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { useNode } from '../look/useNode'
import { useWords } from '../words/useWords'

/** What the node takes (addPhoto). */
const kinds = 'image/jpeg,image/png,image/webp'
const mostPhotos = 12

/** Pictures of a place, as drivers see them on its sheet: each is kept as soon as it is chosen, and taken off after a second press. */
export const PlacePhotos = ({
  werenode,
  party,
  place,
  onChanged,
}: {
  werenode: Werenode
  party: Party
  place: Location
  onChanged: () => Promise<void>
}) => {
  const { t } = useWords()
  const node = useNode()
  const [photos, setPhotos] = useState<readonly string[]>(place.photos ?? [])
  const [asked, setAsked] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (change: () => Promise<readonly string[]>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      setPhotos(await change())
      await onChanged()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
      setAsked(undefined)
    }
  }
  const add = (file: File): Promise<void> =>
    run(async () => {
      const params = { party, locationId: place.id }
      const now = (await werenode.api.addPhoto({ params, body: file } as never)) as Location
      return now.photos ?? []
    })
  const remove = (photoId: string): Promise<void> =>
    run(async () => {
      await werenode.api.removePhoto({ params: { party, locationId: place.id, photoId } })
      return photos.filter((one) => one !== photoId)
    })
  return (
    <section className="wn-part" aria-label={t('place.photos')}>
      <h3>{t('place.photos')}</h3>
      <ul className="wn-photos" data-photos={photos.length}>
        {photos.map((photo, index) => (
          <li key={photo}>
            <img
              src={`${node}/v1/photos/${photo}?size=small`}
              alt={`${place.name}, ${index + 1}`}
              width={160}
              height={120}
            />
            <button
              type="button"
              className="wn-button wn-button--small"
              disabled={busy}
              onClick={() => (asked === photo ? void remove(photo) : setAsked(photo))}
            >
              <Icon name="trash" size={16} /> {t(asked === photo ? 'photos.removeSure' : 'photos.remove')}
            </button>
          </li>
        ))}
      </ul>
      <label className="wn-photos__add">
        {t('photos.add')}
        <input
          type="file"
          accept={kinds}
          disabled={busy || photos.length >= mostPhotos}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            target.value = ''
            if (file) void add(file)
          }}
        />
      </label>
      <p className="wn-hint" role="status">
        {busy ? t('progress.loading') : t('photos.hint', { count: mostPhotos })}
      </p>
      {error === undefined ? null : <Trouble error={error} />}
    </section>
  )
}
