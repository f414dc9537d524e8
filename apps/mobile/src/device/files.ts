import * as DocumentPicker from 'expo-document-picker'
import { File, Paths } from 'expo-file-system'
import * as Sharing from 'expo-sharing'

/** Hands a file to the person: the share sheet, from where it is kept, sent or printed. */
export const giveFile = async (name: string, mediaType: string, content: Uint8Array | string): Promise<void> => {
  const file = new File(Paths.cache, name)
  if (file.exists) file.delete()
  file.create()
  file.write(content)
  await Sharing.shareAsync(file.uri, { mimeType: mediaType, dialogTitle: name })
}

/** Text of a file the person chooses; undefined when they choose none. */
export const takeTextFile = async (): Promise<string | undefined> => {
  const answer = await DocumentPicker.getDocumentAsync({ copyToCacheDirectory: true })
  const chosen = answer.canceled ? undefined : answer.assets[0]
  return chosen === undefined ? undefined : new File(chosen.uri).text()
}
