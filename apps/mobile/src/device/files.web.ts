/** Hands a file to the person: a download. */
export const giveFile = async (name: string, mediaType: string, content: Uint8Array | string): Promise<void> => {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Text of a file the person chooses; undefined when they choose none. */
export const takeTextFile = (): Promise<string | undefined> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = '.json,application/json'
    input.addEventListener('cancel', () => resolve(undefined))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      resolve(file === undefined ? undefined : file.text())
    })
    input.click()
  })
