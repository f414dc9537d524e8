import { CallError } from '../wire/connection.ts'
import type { Evse, LocalTransaction } from './evse.ts'
import { leaveLog, takeFirmware } from './files.ts'
import type { StationOptions } from './options.ts'
import { measure } from './samples.ts'
import type { Body, Voice } from './voice.ts'

type Json = Record<string, unknown>

/** OCPP 1.6J from the station's side. */
export const createVoice16 = (body: Body, options: StationOptions): Voice => {
  const meterValue = (evse: Evse, transaction: LocalTransaction | undefined, context: string): Json => ({
    timestamp: body.isoNow(),
    sampledValue: measure(evse, transaction, body.habit).map(({ measurand, value, unit, phase }) => ({
      value: value.toFixed(unit === 'Wh' ? 1 : 2),
      context,
      measurand,
      unit,
      ...(phase === undefined ? {} : { phase }),
    })),
  })

  /** OCA application note "Signed Meter Values" for 1.6: the signed text is a sampled value of its own. */
  const signedValue = (text: string, context: string): Json => ({ value: text, context, format: 'SignedData' })
  const signedBegin = ({ signedBegin: begin }: LocalTransaction): readonly Json[] =>
    begin ? [{ timestamp: begin.at, sampledValue: [signedValue(begin.text, 'Transaction.Begin')] }] : []
  const withSigned = (evse: Evse, transaction: LocalTransaction, context: string): Json => {
    const value = meterValue(evse, transaction, context)
    const text = body.signed('E', evse, transaction)
    if (text === undefined) return value
    return { ...value, sampledValue: [...(value.sampledValue as readonly Json[]), signedValue(text, context)] }
  }

  const status = (evse: Evse, timestamp: string = body.isoNow(), word: string = evse.status): void => {
    const payload = { connectorId: evse.id, errorCode: 'NoError', status: word, timestamp }
    body.call('StatusNotification', payload).catch(() => undefined)
  }

  const tell = (action: string, payload: Json): void => void body.call(action, payload).catch(() => undefined)

  const running = (number: unknown): LocalTransaction | undefined =>
    body.transactions().find((transaction) => transaction.number === Number(number) && !transaction.ended)

  const calls: Record<string, (payload: Json) => unknown> = {
    RemoteStartTransaction: ({ connectorId, idTag }) => {
      const tag = body.habit('id-suffix') ? `${idTag}_4711` : String(idTag)
      return accepted(body.remoteStart(connectorId as number | undefined, tag, undefined))
    },
    RemoteStopTransaction: ({ transactionId }) => {
      const transaction = running(transactionId)
      if (transaction) body.stop(transaction, 'Remote')
      return accepted(transaction !== undefined)
    },
    ChangeConfiguration: ({ key, value }) => {
      const known = body.configuration.has(String(key))
      if (!known) return { status: 'NotSupported' }
      body.configuration.set(String(key), String(value))
      if (key === 'MeterValueSampleInterval') body.setMeterIntervalS(Number(value))
      return { status: 'Accepted' }
    },
    GetConfiguration: ({ key }) => {
      const wanted = key as readonly string[] | undefined
      const keys = wanted?.length ? wanted : [...body.configuration.keys()]
      return {
        configurationKey: keys
          .filter((name) => body.configuration.has(name))
          .map((name) => ({ key: name, readonly: false, value: body.configuration.get(name) })),
        unknownKey: keys.filter((name) => !body.configuration.has(name)),
      }
    },
    TriggerMessage: ({ requestedMessage, connectorId }) => ({
      status: body.trigger(String(requestedMessage), connectorId as number | undefined) ? 'Accepted' : 'NotImplemented',
    }),
    Reset: ({ type }) => {
      body.reset(type === 'Hard' ? 'hard' : 'soft')
      return { status: 'Accepted' }
    },
    UnlockConnector: ({ connectorId }) => ({ status: body.unlock(Number(connectorId)) ? 'Unlocked' : 'UnlockFailed' }),
    ChangeAvailability: ({ connectorId, type }) => ({
      status: body.setAvailable(Number(connectorId) || undefined, type === 'Operative'),
    }),
    SetChargingProfile: ({ connectorId, csChargingProfiles }) => {
      body.setLimit(Number(connectorId) || undefined, limitIn(csChargingProfiles as Json))
      return { status: 'Accepted' }
    },
    ClearChargingProfile: ({ connectorId }) => {
      body.setLimit(Number(connectorId) || undefined, undefined)
      return { status: 'Accepted' }
    },
    ReserveNow: ({ connectorId, expiryDate, idTag, reservationId }) => ({
      status: body.reserve(Number(connectorId), {
        id: Number(reservationId),
        idTag: String(idTag),
        until: Date.parse(String(expiryDate)),
      }),
    }),
    CancelReservation: ({ reservationId }) => accepted(body.cancelReservation(Number(reservationId))),
    GetDiagnostics: ({ location }) => ({
      fileName: leaveLog(body, String(location), (status) =>
        tell('DiagnosticsStatusNotification', { status: status === 'UploadFailure' ? 'UploadFailed' : status }),
      ),
    }),
    GetLog: ({ log, requestId }) => ({
      status: 'Accepted',
      filename: leaveLog(body, String((log as Json).remoteLocation), (status) =>
        tell('LogStatusNotification', { status, requestId }),
      ),
    }),
    UpdateFirmware: ({ location }) => {
      takeFirmware(body, String(location), (status) => tell('FirmwareStatusNotification', { status }))
      return {}
    },
    ClearCache: () => ({ status: 'Accepted' }),
    GetLocalListVersion: () => ({ listVersion: Number(body.configuration.get('localListVersion') ?? 0) }),
    SendLocalList: ({ listVersion }) => {
      body.configuration.set('localListVersion', String(listVersion))
      return { status: 'Accepted' }
    },
    DataTransfer: () => ({ status: 'UnknownVendorId' }),
  }

  return {
    boot: async () => {
      const answer = (await body.call('BootNotification', {
        chargePointVendor: options.vendor ?? 'Werenode',
        chargePointModel: options.model ?? 'Simulator',
        chargePointSerialNumber: body.id.slice(0, 25),
        firmwareVersion: '1.0.0',
        meterType: 'simulated',
      })) as { status: string; interval: number; currentTime: string }
      return { accepted: answer.status === 'Accepted', intervalS: answer.interval, currentTime: answer.currentTime }
    },
    heartbeat: async () => ((await body.call('Heartbeat', {})) as { currentTime: string }).currentTime,
    status,
    authorize: async (idTag) => {
      const answer = (await body.call('Authorize', { idTag })) as { idTagInfo: { status: string } }
      return answer.idTagInfo.status === 'Accepted'
    },
    began: (transaction) => {
      const payload = {
        connectorId: transaction.evse,
        idTag: transaction.idTag,
        meterStart: Math.round(transaction.startWh),
        timestamp: new Date(transaction.startedAt).toISOString(),
      }
      body.enqueue('StartTransaction', payload, transaction.localId)
      if (body.habit('duplicate-start')) body.enqueue('StartTransaction', payload, transaction.localId)
    },
    sampled: (transaction, evse) =>
      body.enqueue(
        'MeterValues',
        { connectorId: evse.id, transactionId: 0, meterValue: [meterValue(evse, transaction, 'Sample.Periodic')] },
        transaction.localId,
      ),
    changed: () => undefined,
    ended: (transaction, evse, reason) => {
      if (body.habit('available-before-stop')) status(evse, body.isoNow(), 'Available')
      body.enqueue(
        'StopTransaction',
        {
          transactionId: 0,
          idTag: transaction.idTag,
          meterStop: Math.round(evse.supply.registerWh),
          timestamp: body.isoNow(),
          reason,
          transactionData: [...signedBegin(transaction), withSigned(evse, transaction, 'Transaction.End')],
        },
        transaction.localId,
      )
      if (body.habit('meter-after-stop'))
        body.enqueue(
          'MeterValues',
          { connectorId: evse.id, transactionId: 0, meterValue: [meterValue(evse, transaction, 'Transaction.End')] },
          transaction.localId,
        )
    },
    reconnected: () => {
      if (!body.habit('stale-status-first')) return
      for (const [age, word] of [
        [7200, 'Preparing'],
        [7100, 'Charging'],
        [60, 'Finishing'],
        [30, 'Available'],
      ] as const)
        for (const evse of body.evses) status(evse, new Date(body.now() - age * 1000).toISOString(), word)
    },
    prepare: ({ action, payload, localId }) => {
      if (action === 'StartTransaction') return payload
      // Without an answer to its start, a station has no number to name.
      return { ...payload, transactionId: body.transaction(localId)?.number ?? -1 }
    },
    answered: ({ action, localId }, answer) => {
      const transaction = body.transaction(localId)
      if (action !== 'StartTransaction' || !transaction) return
      const { transactionId, idTagInfo } = answer as { transactionId: number; idTagInfo: { status: string } }
      transaction.number = transactionId
      body.emit('transaction', { evse: transaction.evse, transactionId: String(transactionId), state: 'known' })
      if (idTagInfo.status !== 'Accepted') body.deauthorized(transaction)
    },
    onCall: async (action, payload) => {
      const call = Object.hasOwn(calls, action) ? calls[action] : undefined
      if (!call) throw new CallError('NotImplemented', `${action} is not simulated`)
      return call(payload)
    },
  }
}

const accepted = (yes: boolean): Json => ({ status: yes ? 'Accepted' : 'Rejected' })

/** The first period's limit in W; profiles in amperes are taken at 230 V on three phases. */
export const limitIn = (profile: Json | undefined): number | undefined => {
  const schedules = [profile?.chargingSchedule].flat() as readonly (Json | undefined)[]
  const schedule = schedules[0]
  const period = (schedule?.chargingSchedulePeriod as readonly Json[] | undefined)?.[0]
  const limit = Number(period?.limit)
  if (!Number.isFinite(limit)) return undefined
  return schedule?.chargingRateUnit === 'A' ? limit * 230 * Number(period?.numberPhases ?? 3) : limit
}
