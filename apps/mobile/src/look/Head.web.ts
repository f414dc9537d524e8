import { useEffect } from 'react'

/** The title of the browser's window, which screen readers say first. */
export const Head = ({ title }: { readonly title: string }): null => {
  useEffect(() => {
    document.title = `${title} · Werenode`
  }, [title])
  return null
}
