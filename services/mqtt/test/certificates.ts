import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether certificates can be made here: Node makes keys, but no certificates. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0
export const whyNoTls = 'openssl is not installed'

export interface Identity {
  readonly cert: string
  readonly key: string
  /** Files of the same. */
  readonly certFile: string
  readonly keyFile: string
}

export interface Authority {
  readonly ca: string
  readonly caFile: string
  /** A certificate with this common name, for a server at 127.0.0.1 or for a device. */
  issue(name: string): Identity
  close(): void
}

const openssl = (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('openssl', args)
  if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr}`)
}

/** An issuer of certificates that lives for a test. */
export const createAuthority = (): Authority => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-certificates-'))
  const file = (name: string): string => join(folder, name)
  const makeKey = (to: string): void => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', to)
  makeKey(file('ca.key'))
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    file('ca.key'),
    '-subj',
    '/CN=Test issuer',
    '-days',
    '2',
    '-out',
    file('ca.pem'),
  )
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  return {
    ca: readFileSync(file('ca.pem'), 'utf8'),
    caFile: file('ca.pem'),
    issue: (name) => {
      const [key, request, cert] = [file(`${name}.key`), file(`${name}.csr`), file(`${name}.pem`)]
      makeKey(key)
      openssl('req', '-new', '-key', key, '-subj', `/O=Werenode/CN=${name}`, '-out', request)
      const by = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial']
      openssl('x509', '-req', '-in', request, ...by, '-days', '2', '-extfile', file('names'), '-out', cert)
      return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8'), certFile: cert, keyFile: key }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
