/** Copies text; resolves with whether it is there now. */
export const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No permission, or a page that is not secure.
    return false
  }
}
