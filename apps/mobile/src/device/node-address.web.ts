/** In a browser: the node that served the page. */
export const nodeOfBuild = (): string | undefined => location.origin
/** Files a node serves for the app (base map, the map's worker). */
export const appFiles = (node: string): string => `${node}/mobile`
/** Where the sign-in page sends back to. */
export const callbackAddress = (node: string): string => `${node}/app/callback`
