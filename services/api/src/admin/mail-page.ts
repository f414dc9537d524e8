import type { MailDoc } from '../mail/mail-queue.ts'
import { type Html, html } from '../pages/html.ts'

const style =
  'body{font:16px/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #888;padding:1rem 0}pre{white-space:pre-wrap;font:inherit}'

/** Text with its links made clickable. */
const withLinks = (text: string): readonly Html[] =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))

const article = ({ to, subject, text, createdAt, state, problem }: MailDoc): Html => html`<article>
<h2>${subject}</h2>
<p>To ${to}, ${createdAt}, ${state}${problem === undefined ? '' : `: ${problem}`}</p>
<pre>${withLinks(text)}</pre>
</article>`

/** The local outbox, to be read in a browser. */
export const mailPage = (mails: readonly MailDoc[]): string =>
  `<!doctype html>${
    html`<html lang="en"><meta charset="utf-8"><title>Outbox</title><style>${{ safe: style }}</style>
<h1>Outbox</h1>
${mails.length === 0 ? html`<p>No letters yet.</p>` : mails.map(article)}
</html>`.safe
  }`
