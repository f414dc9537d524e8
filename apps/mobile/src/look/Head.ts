/** On a device a screen has no title of a window. */
export const Head = (_props: { readonly title: string }): null => null
