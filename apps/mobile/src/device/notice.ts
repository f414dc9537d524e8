/** Whether the person lets this app notify. */
export type Allowed = 'yes' | 'no' | 'not-asked'

/** Something told once, beside the screen. */
export interface OneNotice {
  /** The next one with the same id takes its place, whether the node pushed it or the app told it. */
  readonly id: string
  readonly title: string
  readonly body: string
  /** The page of the app that a tap opens, without a slash before it. */
  readonly path: string
}

/** The notification that stays while a charge runs. */
export interface OngoingNotice extends OneNotice {
  /** The first of a charge is noticed; what only changes its figures is not. */
  readonly isFirst: boolean
}

/** What the node needs to push to this device. */
export type PushDevice =
  | { readonly kind: 'expo'; readonly token: string }
  | {
      readonly kind: 'web'
      readonly endpoint: string
      readonly keys: { readonly p256dh: string; readonly auth: string }
    }

/** Ids of notices: one a charge and kind, as the node tells them; the running one has the id of its charge. */
export const noticeId = (sessionId: string, kind: string): string =>
  kind === 'started' ? sessionId : `${sessionId} ${kind}`
