import { type ComponentProps, useEffect, useRef, useState } from 'react'

/** A table of the documentation. Where it is wider than the page it scrolls, and is then reached by keyboard (WCAG 2.1.1). */
export const ScrollTable = (props: ComponentProps<'table'>) => {
  const table = useRef<HTMLTableElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const { current } = table
    if (current === null) return
    const watch = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth))
    watch.observe(current)
    return () => watch.disconnect()
  }, [])
  return <table {...props} ref={table} {...(scrolls ? { tabIndex: 0 } : {})} />
}
