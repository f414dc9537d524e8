import nodemailer from 'nodemailer'
import type { Mailer } from './mailer.ts'

/**
 * Letters by SMTP, e.g. `smtps://user:password@mail.example:465`. TLS is asked for wherever the server offers it.
 *
 *   createApi({ ..., mailer: smtpMailer({ url: process.env.WERENODE_SMTP_URL, from: 'Werenode <no-reply@charge.example>' }) })
 */
export const smtpMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const transport = nodemailer.createTransport(url)
  return {
    keeps: false,
    send: async ({ to, subject, text }) => {
      await transport.sendMail({
        from,
        // As an object: an address is never parsed as a list of several.
        to: { name: '', address: to },
        subject,
        text,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}
