import { readFileSync } from 'node:fs'
import { WerenodeError } from '@werenode/core'
import type { BrokerTls, ExternalBrokerOptions } from '@werenode/mqtt'

/** Where plugs come in: the embedded broker, perhaps with TLS, or a broker of one's own. */
export interface PlugDoor {
  readonly tls?: BrokerTls
  readonly broker?: Omit<ExternalBrokerOptions, 'log'>
}

/** Reads what the command line says of it. The broker's account comes from the environment: a command line is seen by everybody. */
export const plugDoorOf = (
  options: {
    readonly broker: string | undefined
    readonly cert: string | undefined
    readonly key: string | undefined
    readonly clientCa: string | undefined
  },
  env: NodeJS.ProcessEnv,
): PlugDoor => {
  const { broker, cert, key, clientCa } = options
  if (broker !== undefined) return { broker: brokerOf(broker, env) }
  if (cert === undefined && key === undefined && clientCa === undefined) return {}
  if (cert === undefined || key === undefined)
    throw new WerenodeError('invalid-input', 'TLS for plugs needs a certificate and its key', {
      hint: 'Give both: --mqtt-cert FILE --mqtt-key FILE (PEM).',
    })
  return {
    tls: {
      cert: pem(cert, '--mqtt-cert'),
      key: pem(key, '--mqtt-key'),
      ...(clientCa === undefined
        ? {}
        : { clientCa: pem(clientCa, '--mqtt-client-ca'), requireClientCertificate: true }),
    },
  }
}

const brokerOf = (url: string, env: NodeJS.ProcessEnv): NonNullable<PlugDoor['broker']> => {
  if (!URL.canParse(url) || !/^mqtts?:$/.test(new URL(url).protocol))
    throw new WerenodeError('invalid-input', `--mqtt-broker ${url} is not the address of a broker`, {
      hint: 'Write it like mqtt://broker.example:1883 or mqtts://broker.example:8883.',
    })
  if (new URL(url).password !== '')
    throw new WerenodeError('invalid-input', 'A password on the command line is seen by everybody on this machine', {
      hint: 'Put user and password into WERENODE_MQTT_USER and WERENODE_MQTT_PASSWORD.',
    })
  const { WERENODE_MQTT_USER: username, WERENODE_MQTT_PASSWORD: password } = env
  return {
    url,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

const pem = (file: string, option: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new WerenodeError('invalid-input', `${option} ${file} cannot be read`, {
      hint: 'It is a file in PEM form that this user may read.',
      cause,
    })
  }
}
