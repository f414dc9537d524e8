import ocppRpc from 'ocpp-rpc'

/**
 * A charging station on the npm package `ocpp-rpc` in its strict mode: what we send is checked by its schemas, too. As a program:
 * URL IDENTITY PASSWORD 1.6|2.0.1|2.1. Boots, waits to be started, charges until it is told to stop, and leaves.
 */
interface Client {
  connect(): Promise<unknown>
  close(): Promise<unknown>
  handle(action: string, handler: (told: { params: Record<string, unknown> }) => unknown): void
  call(action: string, params: unknown): Promise<Record<string, unknown>>
  on(event: 'message', listener: (told: { message: unknown; outbound: boolean }) => void): void
}
const { RPCClient } = ocppRpc as unknown as { RPCClient: new (options: object) => Client }

const [endpoint, identity, password, version] = process.argv.slice(2) as [string, string, string, string]
const client = new RPCClient({
  endpoint: endpoint.replace(/\/$/, ''),
  identity,
  password,
  protocols: [`ocpp${version}`],
  // Its own names for the schemas of 2.1 do not fit what it looks for: there it cannot check.
  strictMode: version !== '2.1',
  maxReconnects: 0,
})
client.on('message', ({ message, outbound }) => {
  process.stdout.write(`${new Date().toISOString()} ${outbound ? '->' : '<-'} ${String(message)}\n`)
})

const is16 = version === '1.6'
const leastReadings = 4
const stepWh = 25
let registerWh = 12_000
let stopping = false
const now = () => new Date().toISOString()

const status = (word: string) =>
  client.call(
    'StatusNotification',
    is16
      ? { connectorId: 1, errorCode: 'NoError', status: word, timestamp: now() }
      : { timestamp: now(), connectorStatus: word, evseId: 1, connectorId: 1 },
  )

const charge16 = async (idTag: unknown): Promise<void> => {
  await client.call('Authorize', { idTag })
  const start = { connectorId: 1, idTag, meterStart: registerWh, timestamp: now() }
  const { transactionId } = await client.call('StartTransaction', start)
  await status('Charging')
  for (let readings = 0; !stopping || readings < leastReadings; readings += 1) {
    registerWh += stepWh
    const sampledValue = [{ value: String(registerWh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }]
    await client.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: now(), sampledValue }],
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await client.call('StopTransaction', {
    meterStop: registerWh,
    timestamp: now(),
    transactionId,
    reason: 'Remote',
    idTag,
  })
}

const charge2 = async (idToken: unknown, remoteStartId: unknown): Promise<void> => {
  let seqNo = -1
  const tell = (eventType: string, triggerReason: string, context: string, info: object, more: object = {}) => {
    seqNo += 1
    const measurand = 'Energy.Active.Import.Register'
    const sampledValue = [{ value: registerWh, measurand, context, unitOfMeasure: { unit: 'Wh' } }]
    return client.call('TransactionEvent', {
      eventType,
      timestamp: now(),
      triggerReason,
      seqNo,
      transactionInfo: { transactionId: 'RPC-1', ...info },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp: now(), sampledValue }],
      ...more,
    })
  }
  await client.call('Authorize', { idToken })
  await tell('Started', 'RemoteStart', 'Transaction.Begin', { chargingState: 'Charging', remoteStartId }, { idToken })
  for (let readings = 0; !stopping || readings < leastReadings; readings += 1) {
    registerWh += stepWh
    await tell('Updated', 'MeterValuePeriodic', 'Sample.Periodic', { chargingState: 'Charging' })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await tell('Ended', 'RemoteStop', 'Transaction.End', { stoppedReason: 'Remote' })
}

const done = Promise.withResolvers<void>()
const run = (charge: () => Promise<void>) => {
  // The answer goes out first.
  setImmediate(async () => {
    try {
      await status(is16 ? 'Preparing' : 'Occupied')
      await charge()
      await status('Available')
      done.resolve()
    } catch (error) {
      done.reject(error)
    }
  })
  return { status: 'Accepted' }
}
const stop = () => {
  stopping = true
  return { status: 'Accepted' }
}
client.handle('ChangeConfiguration', () => ({ status: 'Accepted' }))
client.handle('TriggerMessage', () => ({ status: 'NotImplemented' }))
client.handle('SetVariables', ({ params }) => ({
  setVariableResult: (params.setVariableData as { component: object; variable: object }[]).map(
    ({ component, variable }) => ({ attributeStatus: 'Accepted', component, variable }),
  ),
}))
client.handle('RemoteStartTransaction', ({ params }) => run(() => charge16(params.idTag)))
client.handle('RemoteStopTransaction', stop)
client.handle('RequestStartTransaction', ({ params }) => run(() => charge2(params.idToken, params.remoteStartId)))
client.handle('RequestStopTransaction', stop)

await client.connect()
await client.call(
  'BootNotification',
  is16
    ? { chargePointVendor: 'ocpp-rpc', chargePointModel: 'RPCClient' }
    : { reason: 'PowerUp', chargingStation: { vendorName: 'ocpp-rpc', model: 'RPCClient' } },
)
await status('Available')
await client.call('Heartbeat', {})
await done.promise
await client.close()
