/** A letter. Text always; HTML beside it where it helps. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Sends letters: by SMTP, or into the local outbox that one opens in the browser. Throws when it could not. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  /** Whether what was sent is to be kept readable here; a real mailer's letters are erased once they are on their way. */
  readonly keeps: boolean
}

/**
 * The default: letters stay in this node's outbox (admin port, /mails). Nobody but the operator of the node reads them, so people can sign
 * up on a laptop without a mail server.
 */
export const localOutbox: Mailer = { send: async () => undefined, keeps: true }
