import { CallError } from '../wire/connection.ts'
import type { Evse, LocalTransaction } from './evse.ts'
import { leaveLog, takeFirmware } from './files.ts'
import type { StationOptions } from './options.ts'
import { measure } from './samples.ts'
import type { Body, Voice } from './voice.ts'
import { limitIn } from './voice16.ts'

type Json = Record<string, unknown>

/** OCPP 2.0.1 and 2.1 from the station's side. */
export const createVoice2 = (body: Body, options: StationOptions): Voice => {
  const meterValue = (evse: Evse, transaction: LocalTransaction, context: string): Json => ({
    timestamp: body.isoNow(),
    sampledValue: measure(evse, transaction, body.habit).map(({ measurand, value, unit, phase }) => ({
      value: Math.round(value * 10) / 10,
      context,
      measurand,
      unitOfMeasure: { unit },
      ...(phase === undefined ? {} : { phase }),
    })),
  })

  /** OCPP 2.0.1 §2.46: the first sample of a begin or an end carries what the meter signed. */
  const withSigned = (evse: Evse, transaction: LocalTransaction, context: string): Json => {
    const value = meterValue(evse, transaction, context)
    const text =
      context === 'Transaction.Begin'
        ? transaction.signedBegin?.text
        : context === 'Transaction.End'
          ? body.signed('E', evse, transaction)
          : undefined
    if (text === undefined) return value
    const [first, ...rest] = value.sampledValue as readonly Json[]
    const signedMeterValue = {
      signedMeterData: Buffer.from(text).toString('base64'),
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: Buffer.from(`oca:base16:asn1:${body.meterPublicKey}`).toString('base64'),
    }
    return { ...value, sampledValue: [{ ...first, signedMeterValue }, ...rest] }
  }

  const event = (
    type: 'Started' | 'Updated' | 'Ended',
    transaction: LocalTransaction,
    evse: Evse,
    trigger: string,
    more: { context?: string; stoppedReason?: string; withId?: boolean } = {},
  ): void => {
    const first = transaction.seqNo === 0
    const payload: Json = {
      eventType: type,
      timestamp: body.isoNow(),
      triggerReason: trigger,
      seqNo: transaction.seqNo,
      ...(body.isOnline() ? {} : { offline: true }),
      transactionInfo: {
        transactionId: transaction.localId,
        chargingState: type === 'Ended' ? 'Idle' : transaction.state,
        ...(more.stoppedReason === undefined ? {} : { stoppedReason: more.stoppedReason }),
        ...(first && transaction.remoteStartId !== undefined ? { remoteStartId: transaction.remoteStartId } : {}),
      },
      ...(first || !body.habit('no-evse') ? { evse: { id: evse.id, connectorId: 1 } } : {}),
      ...(first || more.withId
        ? {
            idToken: {
              idToken: transaction.idTag,
              type: transaction.remoteStartId === undefined ? 'ISO14443' : 'Central',
            },
          }
        : {}),
      ...(more.context === undefined ? {} : { meterValue: [withSigned(evse, transaction, more.context)] }),
    }
    transaction.seqNo += 1
    body.enqueue('TransactionEvent', payload, transaction.localId)
    if (body.habit('repeat-events')) body.enqueue('TransactionEvent', payload, transaction.localId)
  }

  const tell = (action: string, payload: Json): void => void body.call(action, payload).catch(() => undefined)

  const running = (transactionId: unknown): LocalTransaction | undefined =>
    body.transactions().find((transaction) => transaction.localId === transactionId && !transaction.ended)

  const status = (evse: Evse): void => {
    const connectorStatus = ['Available', 'Reserved', 'Unavailable', 'Faulted'].includes(evse.status)
      ? evse.status
      : 'Occupied'
    const payload = { timestamp: body.isoNow(), connectorStatus, evseId: evse.id, connectorId: 1 }
    body.call('StatusNotification', payload).catch(() => undefined)
  }

  const calls: Record<string, (payload: Json) => unknown> = {
    RequestStartTransaction: ({ evseId, remoteStartId, idToken }) =>
      accepted(
        body.remoteStart(
          evseId as number | undefined,
          String((idToken as Json | undefined)?.idToken ?? ''),
          Number(remoteStartId),
        ),
      ),
    RequestStopTransaction: ({ transactionId }) => {
      const transaction = running(transactionId)
      if (transaction) body.stop(transaction, 'Remote')
      return accepted(transaction !== undefined)
    },
    GetTransactionStatus: ({ transactionId }) => ({
      ...(transactionId === undefined ? {} : { ongoingIndicator: running(transactionId) !== undefined }),
      messagesInQueue: false,
    }),
    SetVariables: ({ setVariableData }) => ({
      setVariableResult: (setVariableData as readonly Json[]).map((data) => {
        const name = variableName(data)
        const known = body.configuration.has(name)
        if (known) body.configuration.set(name, String(data.attributeValue))
        if (name === 'SampledDataCtrlr.TxUpdatedInterval') body.setMeterIntervalS(Number(data.attributeValue))
        return {
          attributeStatus: known ? 'Accepted' : 'UnknownVariable',
          component: data.component,
          variable: data.variable,
        }
      }),
    }),
    GetVariables: ({ getVariableData }) => ({
      getVariableResult: (getVariableData as readonly Json[]).map((data) => {
        const value = body.configuration.get(variableName(data))
        return {
          attributeStatus: value === undefined ? 'UnknownVariable' : 'Accepted',
          ...(value === undefined ? {} : { attributeValue: value }),
          component: data.component,
          variable: data.variable,
        }
      }),
    }),
    TriggerMessage: ({ requestedMessage, evse }) => ({
      status: body.trigger(String(requestedMessage), (evse as Json | undefined)?.id as number | undefined)
        ? 'Accepted'
        : 'NotImplemented',
    }),
    Reset: ({ type }) => {
      body.reset(type === 'Immediate' ? 'hard' : 'soft')
      return { status: 'Accepted' }
    },
    UnlockConnector: ({ evseId }) => ({ status: body.unlock(Number(evseId)) ? 'Unlocked' : 'UnlockFailed' }),
    ChangeAvailability: ({ evse, operationalStatus }) => ({
      status: body.setAvailable(
        (evse as Json | undefined)?.id as number | undefined,
        operationalStatus === 'Operative',
      ),
    }),
    SetChargingProfile: ({ evseId, chargingProfile }) => {
      body.setLimit(Number(evseId) || undefined, limitIn(chargingProfile as Json))
      return { status: 'Accepted' }
    },
    ClearChargingProfile: () => {
      body.setLimit(undefined, undefined)
      return { status: 'Accepted' }
    },
    ReserveNow: ({ id, evseId, expiryDateTime, idToken }) => ({
      status: body.reserve(Number(evseId ?? 1), {
        id: Number(id),
        idTag: String((idToken as Json | undefined)?.idToken ?? ''),
        until: Date.parse(String(expiryDateTime)),
      }),
    }),
    CancelReservation: ({ reservationId }) => accepted(body.cancelReservation(Number(reservationId))),
    GetLog: ({ log, requestId }) => ({
      status: 'Accepted',
      filename: leaveLog(body, String((log as Json).remoteLocation), (status) =>
        tell('LogStatusNotification', { status, requestId }),
      ),
    }),
    UpdateFirmware: ({ firmware, requestId }) => {
      takeFirmware(body, String((firmware as Json).location), (status) =>
        tell('FirmwareStatusNotification', { status, requestId }),
      )
      return { status: 'Accepted' }
    },
    GetBaseReport: ({ requestId }) => {
      body.later(1_000, async () => {
        await body.call('NotifyReport', report(body, Number(requestId)))
      })
      return { status: 'Accepted' }
    },
    ClearCache: () => ({ status: 'Accepted' }),
    GetLocalListVersion: () => ({ versionNumber: Number(body.configuration.get('localListVersion') ?? 0) }),
    SendLocalList: ({ versionNumber }) => {
      body.configuration.set('localListVersion', String(versionNumber))
      return { status: 'Accepted' }
    },
    CostUpdated: () => ({}),
    DataTransfer: () => ({ status: 'UnknownVendorId' }),
  }

  return {
    boot: async (reason) => {
      const answer = (await body.call('BootNotification', {
        reason,
        chargingStation: {
          vendorName: options.vendor ?? 'Werenode',
          model: (options.model ?? 'Simulator').slice(0, 20),
          serialNumber: body.id.slice(0, 25),
          firmwareVersion: '1.0.0',
        },
      })) as { status: string; interval: number; currentTime: string }
      return { accepted: answer.status === 'Accepted', intervalS: answer.interval, currentTime: answer.currentTime }
    },
    heartbeat: async () => ((await body.call('Heartbeat', {})) as { currentTime: string }).currentTime,
    status,
    authorize: async (idTag) => {
      const answer = (await body.call('Authorize', { idToken: { idToken: idTag, type: 'ISO14443' } })) as {
        idTokenInfo: { status: string }
      }
      return answer.idTokenInfo.status === 'Accepted'
    },
    began: (transaction, evse) =>
      event('Started', transaction, evse, transaction.remoteStartId === undefined ? 'Authorized' : 'RemoteStart', {
        context: 'Transaction.Begin',
      }),
    sampled: (transaction, evse) =>
      event('Updated', transaction, evse, 'MeterValuePeriodic', { context: 'Sample.Periodic' }),
    changed: (transaction, evse) => event('Updated', transaction, evse, 'ChargingStateChanged'),
    ended: (transaction, evse, reason) =>
      event('Ended', transaction, evse, triggerOf(reason), { context: 'Transaction.End', stoppedReason: reason }),
    reconnected: () => undefined,
    prepare: ({ payload }) => payload,
    answered: ({ action, localId }, answer) => {
      const transaction = body.transaction(localId)
      const status = (answer as { idTokenInfo?: { status?: string } })?.idTokenInfo?.status
      if (action !== 'TransactionEvent' || !transaction || transaction.ended) return
      if (status !== undefined && status !== 'Accepted') body.deauthorized(transaction)
    },
    onCall: async (action, payload) => {
      const call = Object.hasOwn(calls, action) ? calls[action] : undefined
      if (!call) throw new CallError('NotImplemented', `${action} is not simulated`)
      return call(payload)
    },
  }
}

const accepted = (yes: boolean): Json => ({ status: yes ? 'Accepted' : 'Rejected' })

/** The whole device model on one page (OCPP 2.0.1 B07). */
const report = (body: Body, requestId: number): Json => ({
  requestId,
  generatedAt: body.isoNow(),
  seqNo: 0,
  tbc: false,
  reportData: [...body.configuration].map(([name, value]) => {
    const [component, variable] = name.split('.')
    return {
      component: { name: component },
      variable: { name: variable },
      variableAttribute: [{ type: 'Actual', value, mutability: 'ReadWrite' }],
    }
  }),
})

const variableName = (data: Json): string =>
  `${(data.component as Json | undefined)?.name}.${(data.variable as Json | undefined)?.name}`

const triggerOf = (reason: string): string =>
  ({
    Remote: 'RemoteStop',
    Local: 'StopAuthorized',
    EVDisconnected: 'EVCommunicationLost',
    DeAuthorized: 'Deauthorized',
    PowerLoss: 'AbnormalCondition',
  })[reason] ?? 'AbnormalCondition'
