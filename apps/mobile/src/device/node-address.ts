import Constants from 'expo-constants'

/** The node this build was made for (`extra.nodeUrl` of app.json); a person may name another one. */
export const nodeOfBuild = (): string | undefined => {
  const named = (Constants.expoConfig?.extra as { nodeUrl?: string } | undefined)?.nodeUrl
  return named === undefined || named === '' ? undefined : named
}
/** Files a node serves for the app (base map). */
export const appFiles = (node: string): string => `${node}/mobile`
/** Where the sign-in page sends back to. */
export const callbackAddress = (_node: string): string => 'app.werenode://callback'
