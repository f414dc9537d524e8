import { effect } from '@angular/core'

/** Names the page in the window's title, in the reader's language. To be called while a component is constructed. */
export const showTitle = (title: () => string): void => {
  effect(() => {
    document.title = `${title()} · Werenode`
  })
}
