/** What came of asking where the driver is. */
export type Found =
  | { readonly outcome: 'found'; readonly position: { readonly lat: number; readonly lon: number } }
  | { readonly outcome: 'denied' | 'unknown' }
