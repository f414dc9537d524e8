/** Hands a file to the person, under a name. */
export const saveFile = (name: string, content: string | Uint8Array, type: string): void => {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
