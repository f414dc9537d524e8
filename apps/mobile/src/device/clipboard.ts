import * as Clipboard from 'expo-clipboard'

/** Copies text; resolves with whether it is there now. */
export const copy = (text: string): Promise<boolean> => Clipboard.setStringAsync(text)
