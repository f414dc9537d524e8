import { type IconName, svg } from '@werenode/design/icons'

/** An icon of the house. Without a title it is decoration. */
export const Icon = ({ name, size = 20, title }: { name: IconName; size?: number; title?: string }) => (
  <span
    className="wn-icon"
    // The house's own drawings, escaped by design.
    dangerouslySetInnerHTML={{ __html: svg(name, { size, ...(title === undefined ? {} : { title }) }) }}
  />
)
