import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MailDoc } from '../src/mail/mail-queue.ts'
import { smtpMailer } from '../src/mail/smtp-mailer.ts'
import { openWorld, siweMessage, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  world.api.inject({ method: 'POST', url, payload, headers })
const password = 'horse battery staple paper'
const letters = async (to: string): Promise<readonly MailDoc[]> =>
  (await world.store.find<MailDoc>('api_mails', {}, { sort: [['createdAt', 1]], limit: 1000 })).items.filter(
    (mail) => mail.to === to,
  )
const tokenIn = (mail: MailDoc | undefined): string => /token=([\w-]+)/.exec(mail?.text ?? '')![1]!
const me = (accessToken: string) =>
  world.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${accessToken}` } })

let people = 0
const person = async (verified = true) => {
  people += 1
  world.clock.advance(1_000)
  const email = `driver${people}@example.org`
  expect((await post('/auth/email/signup', { email, password })).statusCode).toBe(204)
  if (!verified) return { email, accessToken: '', refreshToken: '', headers: {} }
  const login = await post('/auth/email/verify', { token: tokenIn((await letters(email)).at(-1)) })
  expect(login.statusCode).toBe(201)
  const { accessToken, refreshToken } = login.json()
  return { email, accessToken, refreshToken, headers: { authorization: `Bearer ${accessToken}` } }
}

test('a person signs up, confirms by letter and signs in, whatever the case of the address', async () => {
  const { email, accessToken } = await person()
  expect((await me(accessToken)).json()).toMatchObject({ emails: [{ email, verified: true }], wallets: [] })
  const login = await post('/auth/email', { email: email.toUpperCase(), password })
  expect(login.statusCode).toBe(201)
  expect(login.json().accountId).toBe((await me(accessToken)).json().accountId)
})

test('nobody signs in before the address is confirmed, with a wrong password, or as somebody unknown: all in the same words', async () => {
  const unconfirmed = await person(false)
  const known = await person()
  const answers = await Promise.all([
    post('/auth/email', { email: unconfirmed.email, password }),
    post('/auth/email', { email: known.email, password: `${password}!` }),
    post('/auth/email', { email: 'nobody@example.org', password }),
  ])
  const said = answers.map((answer) => {
    const { requestId: _id, ...problem } = answer.json()
    return problem
  })
  expect(new Set(said.map((problem) => JSON.stringify(problem))).size).toBe(1)
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401])
})

test('signing up with a known address tells only its owner, and changes nothing', async () => {
  const { email } = await person()
  world.clock.advance(1_000)
  const answer = await post('/auth/email/signup', { email, password: 'another good password', locale: 'fr' })
  expect(answer.statusCode).toBe(204)
  expect((await letters(email)).at(-1)?.subject).toBe('Vous avez déjà un compte Werenode')
  expect((await post('/auth/email', { email, password })).statusCode).toBe(201)
  expect((await post('/auth/email', { email, password: 'another good password' })).statusCode).toBe(401)
})

test('an address belongs to whoever confirms it, with the password that was set last', async () => {
  const squatted = await person(false)
  const first = tokenIn((await letters(squatted.email)).at(-1))
  world.clock.advance(1_000)
  await post('/auth/email/signup', { email: squatted.email, password: 'the owner chooses this' })
  expect((await post('/auth/email/verify', { token: first })).statusCode).toBe(410)
  expect(
    (await post('/auth/email/verify', { token: tokenIn((await letters(squatted.email)).at(-1)) })).statusCode,
  ).toBe(201)
  expect((await post('/auth/email', { email: squatted.email, password })).statusCode).toBe(401)
})

test('a link is good once and for a while', async () => {
  const { email } = await person(false)
  const token = tokenIn((await letters(email)).at(-1))
  const answers = await Promise.all([1, 2, 3].map(() => post('/auth/email/verify', { token })))
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
  const late = await person(false)
  const lateToken = tokenIn((await letters(late.email)).at(-1))
  world.clock.advance(25 * 3_600_000)
  expect((await post('/auth/email/verify', { token: lateToken })).statusCode).toBe(410)
  expect((await post('/auth/email/verify', { token: 'x' })).statusCode).toBe(410)
})

test('a forgotten password is chosen anew, which signs every device out', async () => {
  const { email, accessToken } = await person()
  world.clock.advance(1_000)
  expect((await post('/auth/email/forgot', { email })).statusCode).toBe(204)
  expect((await post('/auth/email/forgot', { email: 'nobody@example.org' })).statusCode).toBe(204)
  expect(await letters('nobody@example.org')).toEqual([])
  const token = tokenIn((await letters(email)).at(-1))
  expect((await post('/auth/email/verify', { token })).statusCode).toBe(410)
  world.clock.advance(1_000)
  const changed = await post('/auth/email/reset', { token, password: 'an entirely new one' })
  expect(changed.statusCode).toBe(201)
  expect((await me(accessToken)).statusCode).toBe(401)
  expect((await me(changed.json().accessToken)).statusCode).toBe(200)
  expect((await post('/auth/email/reset', { token, password: 'yet another one' })).statusCode).toBe(410)
  expect((await post('/auth/email', { email, password })).statusCode).toBe(401)
  expect((await letters(email)).at(-1)?.subject).toBe('Your Werenode password was changed')
})

test.each(['short', '1234567890'.slice(0, 9), 'aaaaaaaaaaaaaaa', 'x'.repeat(257), 'driver9999', ''])(
  'the password "%s" is refused',
  async (bad) => {
    const answer = await post('/auth/email/signup', { email: 'driver9999@example.org', password: bad })
    expect(answer.statusCode).toBe(400)
  },
)

test.each([
  'a',
  'a@b',
  'a b@example.org',
  'a@example.org,b@example.org',
  'a@example.org\r\nBcc: all@example.org',
  '<a@example.org>',
  '@example.org',
])('"%s" is not an address', async (email) => {
  expect((await post('/auth/email/signup', { email, password })).statusCode).toBe(400)
})

test('passwords are kept as argon2id, links as hashes', async () => {
  const { email } = await person(false)
  const token = tokenIn((await letters(email)).at(-1))
  const kept = JSON.stringify([
    (await world.store.find('api_passwords', {}, { limit: 1000 })).items,
    (await world.store.find('api_mail_tokens', {}, { limit: 1000 })).items,
  ])
  expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  expect(kept).not.toContain(password)
  expect(kept).not.toContain(token)
})

test('guessing at one account is slowed down wherever it comes from', async () => {
  const tight = await openWorld({ limits: { password: { perMinute: 1, burst: 3 } } })
  const guess = (turn: number) =>
    tight.api.inject({
      method: 'POST',
      url: '/auth/email',
      payload: { email: 'a@example.org', password },
      remoteAddress: `192.0.2.${turn}`,
    })
  const statuses = []
  for (let turn = 1; turn <= 4; turn += 1) statuses.push((await guess(turn)).statusCode)
  expect(statuses).toEqual([401, 401, 401, 429])
  await tight.close()
})

test('a wallet is linked to the account and signs in to it; another’s wallet is not taken', async () => {
  const owner = await person()
  const account = privateKeyToAccount(generatePrivateKey())
  const proof = async () => {
    const message = await siweMessage(world.api, account.address, world.clock())
    return { message, signature: await account.signMessage({ message }) }
  }
  expect((await post('/v1/account/wallets', await proof(), owner.headers)).statusCode).toBe(201)
  expect((await post('/v1/account/wallets', await proof(), owner.headers)).statusCode).toBe(201)
  const byWallet = await world.driver(account)
  expect((await me(byWallet.accessToken)).json().accountId).toBe((await me(owner.accessToken)).json().accountId)
  const byMail = (await post('/auth/email', { email: owner.email, password })).json()
  expect(byMail.address).toBe(account.address.toLowerCase())

  const thief = await person()
  expect((await post('/v1/account/wallets', await proof(), thief.headers)).statusCode).toBe(409)
  const unlink = (headers: Record<string, string>, of: string) =>
    world.api.inject({ method: 'DELETE', url: `/v1/account/wallets/${of}`, headers })
  expect((await unlink(thief.headers, account.address)).statusCode).toBe(404)
  expect((await unlink(owner.headers, account.address)).statusCode).toBe(204)
  expect((await me(byWallet.accessToken)).statusCode).toBe(401)
  const alone = await world.driver()
  expect((await unlink({ ...alone.headers }, alone.address)).statusCode).toBe(409)
})

test('a person without a wallet has an account, but does not charge', async () => {
  const { headers } = await person()
  const answer = await post('/v1/quotes', { evseId: 'FR*WRN*E000001', sessionKey: `0x${'1'.repeat(40)}` }, headers)
  expect(answer.statusCode).toBe(403)
  expect(answer.json().hint).toContain('wallet')
})

test('letters go out by SMTP, are erased once sent, and tried again when the server is away', async () => {
  const got: string[] = []
  let away = true
  const server = createServer((socket) => {
    if (away) return void socket.destroy()
    let inData = false
    socket.write('220 mail\r\n')
    createInterface({ input: socket }).on('line', (line) => {
      if (inData) {
        got.push(line)
        if (line === '.') {
          inData = false
          socket.write('250 ok\r\n')
        }
      } else if (/^DATA/i.test(line)) {
        inData = true
        socket.write('354 go\r\n')
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
      else socket.write('250 ok\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  const node = await openWorld({ mailer: smtpMailer({ url, from: 'Werenode <no-reply@example.org>' }) })
  await node.api.inject({
    method: 'POST',
    url: '/auth/email/signup',
    payload: { email: 'smtp@example.org', password, locale: 'fr' },
  })
  const mail = async () => (await node.store.find<MailDoc>('api_mails', {})).items[0]!
  await node.api.start({ port: 0 })
  await expect.poll(async () => (await mail()).problem, { timeout: 15_000 }).toBeDefined()
  expect(await mail()).toMatchObject({ state: 'waiting', tries: 1 })
  away = false
  node.clock.advance(60_000)
  await expect.poll(async () => (await mail()).state, { timeout: 15_000 }).toBe('sent')
  expect((await mail()).text).toBe('')
  expect(got.join('\n')).toContain('To: smtp@example.org')
  expect(got.join('\n')).toContain('Werenode')
  await node.close()
  server.close()
})

test('without a mail server letters wait in the outbox of the admin port', async () => {
  const node = await openWorld({ adminPort: 0 })
  const { adminUrl } = await node.api.start({ port: 0 })
  await node.api.inject({
    method: 'POST',
    url: '/auth/email/signup',
    payload: { email: 'o+b&c@example.org', password },
  })
  const page = await (await fetch(`${adminUrl}/mails`)).text()
  expect(page).toContain('Confirm your address')
  expect(page).toMatch(/<a href="http:\/\/localhost:8080\/auth\/verify\?token=[\w-]+">/)
  expect(page).toContain('o+b&#38;c@example.org')
  await node.close()
})

const form = (url: string, fields: Record<string, string>, language = 'en') =>
  world.api.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': language },
    payload: new URLSearchParams(fields).toString(),
  })

test('the link in a letter leads to a page with one button, in the reader’s language, without JavaScript', async () => {
  const { email } = await person(false)
  const link = new URL(/http\S+/.exec((await letters(email)).at(-1)!.text)![0])
  const page = await world.api.inject({
    url: `${link.pathname}${link.search}`,
    headers: { 'accept-language': 'de, fr-CH;q=0.9' },
  })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.body).toContain('<html lang="fr">')
  expect(page.body).not.toContain('<script')
  const token = /name="token" value="([^"]+)"/.exec(page.body)![1]!
  // Looking at the page confirmed nothing.
  expect((await post('/auth/email', { email, password })).statusCode).toBe(401)
  expect((await form('/auth/verify', { token })).body).toContain('Your address is confirmed')
  expect((await post('/auth/email', { email, password })).statusCode).toBe(201)
  const again = await form('/auth/verify', { token }, 'fr')
  expect(again.statusCode).toBe(410)
  expect(again.body).toContain('Ce lien n’est plus valable')
})

test('a new password is chosen on a page; a bad one is asked for again', async () => {
  const { email } = await person()
  world.clock.advance(1_000)
  await post('/auth/email/forgot', { email })
  const token = tokenIn((await letters(email)).at(-1))
  const refused = await form('/auth/reset', { token, password: 'short' })
  expect(refused.statusCode).toBe(400)
  expect(refused.body).toContain('role="alert"')
  expect((await form('/auth/reset', { token, password: 'chosen on the page' })).statusCode).toBe(200)
  expect((await post('/auth/email', { email, password: 'chosen on the page' })).statusCode).toBe(201)
})

test('what a page shows of its address is escaped, and forms go nowhere else', async () => {
  const page = await world.api.inject({ url: `/auth/reset?token=${encodeURIComponent('"><script>alert(1)</script>')}` })
  expect(page.body).not.toContain('<script>')
  expect(page.body).toContain('&#34;&#62;&#60;script&#62;')
  expect((await form('/auth/email/forgot', { email: 'a@example.org' })).statusCode).toBe(400)
  expect((await form('/auth/siwe', { message: 'a', signature: 'b' })).statusCode).toBe(400)
})
