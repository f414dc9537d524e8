import { networkInterfaces } from 'node:os'

/** The address under which devices of the same network find a listener on `host`: for all addresses, the first that leaves this machine. */
export const publicHostOf = (host: string): string => {
  if (host !== '0.0.0.0' && host !== '::') return host
  for (const addresses of Object.values(networkInterfaces()))
    for (const { address, family, internal } of addresses ?? []) if (family === 'IPv4' && !internal) return address
  return '127.0.0.1'
}
