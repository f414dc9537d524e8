// Written by generate/write.ts from the OpenAPI document; change the contracts of services/api instead.

/** The named schemas of the OpenAPI document. */
export interface Schemas {
  readonly Account: {
    readonly accountId: string
    readonly address?: Schemas['Address']
    readonly party?: Schemas['Party']
    readonly scopes: readonly string[]
    readonly wallets: readonly Schemas['Address'][]
    readonly emails: readonly { readonly email: string; readonly verified: boolean }[]
    readonly parties: readonly Schemas['PartyOfAccount'][]
  }
  /** An account of the chain. */
  readonly Address: string
  /** Whole micro-euro as a decimal string. */
  readonly AmountMicro: string
  readonly ApiKey: {
    readonly keyId: string
    readonly name: string
    readonly scopes: readonly string[]
    readonly createdAt: Schemas['Time']
    readonly expiresAt?: Schemas['Time']
    readonly key: string
  }
  readonly ApiKeyInfo: {
    readonly keyId: string
    readonly name: string
    readonly scopes: readonly string[]
    readonly createdAt: Schemas['Time']
    readonly expiresAt?: Schemas['Time']
  }
  readonly AuditEntry: {
    readonly at: Schemas['Time']
    readonly accountId: string
    readonly address?: Schemas['Address']
    readonly act: string
    readonly subject: string
    readonly details: { readonly [name: string]: unknown }
  }
  /** Who stands on an invoice. */
  readonly Billing: {
    readonly name: string
    readonly address?: string
    readonly postalCode?: string
    readonly city?: string
    readonly countryCode: string
    readonly vatId?: string
    readonly registrationId?: string
    readonly email?: string
  }
  /** A card; its number is kept as a hash only. */
  readonly Card: {
    readonly id: string
    readonly label: string
    readonly lastSigns: string
    readonly createdAt: Schemas['Time']
  }
  /** Event envelope; `seq` is the id of the server-sent event and resumes by Last-Event-ID. */
  readonly CatalogueEvent: {
    readonly id: string
    readonly type: 'catalogue.changed'
    readonly v: 1
    readonly at: Schemas['Time']
    readonly subject: string
    readonly seq: number
    readonly data: { readonly [name: string]: unknown }
  }
  /** What happened, in figures the chain judges. */
  readonly ChargeReceipt: {
    readonly sessionId: Schemas['Hash']
    readonly startWh: Schemas['AmountMicro']
    readonly endWh: Schemas['AmountMicro']
    readonly startedAt: number
    readonly endedAt: number
    readonly chargingSeconds: number
    readonly idleSeconds: number
    readonly amount: Schemas['AmountMicro']
    readonly meterRoot: Schemas['Hash']
  }
  /** The agreement of driver and operator; amounts in micro-euro, times in unix seconds. */
  readonly ChargeTerms: {
    readonly driver: Schemas['Address']
    readonly operatorId: Schemas['Hash']
    readonly payee: Schemas['Address']
    readonly evseIdHash: Schemas['Hash']
    readonly connector: number
    readonly token: Schemas['Address']
    readonly source: Schemas['FundingSource']
    readonly maxAmount: Schemas['AmountMicro']
    readonly startFee: Schemas['AmountMicro']
    readonly pricePerKWh: Schemas['AmountMicro']
    readonly pricePerMinute: Schemas['AmountMicro']
    readonly idlePerMinute: Schemas['AmountMicro']
    readonly tariffHash: Schemas['Hash']
    readonly maxPowerW: number
    readonly meterKeyHash: Schemas['Hash']
    readonly disputeBond: Schemas['AmountMicro']
    readonly disputeWindow: number
    readonly openBy: number
    readonly startBy: number
    readonly settleBy: number
    readonly sessionKey: Schemas['Address']
    readonly salt: Schemas['Hash']
  }
  readonly Connector: {
    readonly id: number
    readonly standard: Schemas['ConnectorStandard']
    readonly format: 'SOCKET' | 'CABLE'
    readonly powerType: 'AC_1_PHASE' | 'AC_2_PHASE' | 'AC_3_PHASE' | 'DC'
    readonly maxPowerW: number
    readonly tariffIds: readonly string[]
    readonly meterCertified?: boolean
  }
  readonly ConnectorStandard:
    | 'IEC_62196_T2'
    | 'IEC_62196_T2_COMBO'
    | 'CHADEMO'
    | 'DOMESTIC_E'
    | 'DOMESTIC_F'
    | 'IEC_62196_T1'
    | 'IEC_62196_T1_COMBO'
    | 'IEC_62196_T3C'
    | 'TESLA_S'
    | 'NACS'
    | 'UNKNOWN'
  readonly Credit: {
    readonly address: Schemas['Address']
    readonly creditMicro: Schemas['AmountMicro']
    readonly walletMicro: Schemas['AmountMicro']
    readonly withdrawNonce?: string
  }
  readonly CreditMove: {
    readonly kind: 'deposit' | 'withdrawal' | 'refund'
    readonly amountMicro: Schemas['AmountMicro']
    readonly token: Schemas['Address']
    readonly other?: Schemas['Address']
    readonly at: Schemas['Time']
    readonly txHash: Schemas['Hash']
    readonly blockNumber: number
  }
  readonly CreditMovePage: { readonly items: readonly Schemas['CreditMove'][]; readonly next?: string }
  readonly Delivery: {
    readonly id: string
    readonly state: 'waiting' | 'sent' | 'failed'
    readonly tries: number
    readonly createdAt: Schemas['Time']
    readonly nextAt: Schemas['Time']
    readonly status?: number
    readonly problem?: string
  }
  readonly DepartureTarget: { readonly energyWh: number; readonly departAt: Schemas['Time'] }
  readonly Discovery: {
    readonly name: string
    readonly version: string
    readonly origin: string
    readonly openapi: string
    readonly signIn: {
      readonly siwe: { readonly nonce: string; readonly domain: string; readonly chainId: number }
      readonly refresh: string
    }
    readonly links: { readonly [name: string]: string }
  }
  readonly DisputeCall: {
    readonly chainId: number
    readonly to: Schemas['Address']
    readonly data: string
    readonly typedData: { readonly [name: string]: unknown }
    readonly deadline: number
  }
  readonly Document: {
    readonly kind: 'receipt' | 'invoice'
    readonly number: string
    readonly party: Schemas['Party']
    readonly locale: 'en' | 'fr'
    readonly month?: string
    readonly sessionIds: readonly Schemas['SessionId'][]
    readonly grossMicro: Schemas['AmountMicro']
    readonly createdAt: Schemas['Time']
    readonly sha256: string
  }
  readonly DocumentLink: { readonly url: string; readonly expiresAt: Schemas['Time'] }
  readonly Erasure: { readonly erased: number; readonly kept: readonly string[] }
  /** A plug that charges one vehicle at a time. */
  readonly Evse: {
    readonly uid: string
    readonly evseId: Schemas['EvseId']
    readonly status: Schemas['EvseStatus']
    readonly statusAt: Schemas['Time']
    readonly connectors: readonly Schemas['Connector'][]
    readonly station?: { readonly stationId: string; readonly evse: number }
    readonly payable: boolean
  }
  readonly EvseDetail: {
    readonly evse: Schemas['Evse']
    readonly connector?: number
    readonly location: Schemas['LocationSummary']
    readonly timeZone: string
    readonly tariffs: { readonly [name: string]: Schemas['OcpiTariff'] }
  }
  /** eMI3 EVSE id without connector. Separators and case do not matter when ids are compared. */
  readonly EvseId: string
  readonly EvseRegistration: {
    readonly chainId: number
    readonly to: Schemas['Address']
    readonly data: string
    readonly operatorId: Schemas['Hash']
    readonly registered: boolean
    readonly active: boolean
    readonly transaction?: Schemas['Hash']
    readonly blockNumber?: string
  }
  readonly EvseStatus:
    | 'AVAILABLE'
    | 'BLOCKED'
    | 'CHARGING'
    | 'INOPERATIVE'
    | 'OUTOFORDER'
    | 'PLANNED'
    | 'REMOVED'
    | 'RESERVED'
    | 'UNKNOWN'
  readonly FaucetAnswer: { readonly key: string }
  readonly Favourite: {
    readonly location: Schemas['LocationSummary']
    readonly label?: string
    readonly createdAt: Schemas['Time']
  }
  readonly Figures: {
    readonly plugs: number
    readonly total: {
      readonly sessions: number
      readonly energyWh: number
      readonly revenueMicro: Schemas['AmountMicro']
      readonly dueMicro: Schemas['AmountMicro']
      readonly occupiedSeconds: number
      readonly utilisation: number
      readonly faults: number
    }
    readonly steps: readonly {
      readonly at: string
      readonly sessions: number
      readonly energyWh: number
      readonly revenueMicro: Schemas['AmountMicro']
      readonly dueMicro: Schemas['AmountMicro']
      readonly occupiedSeconds: number
      readonly utilisation: number
      readonly faults: number
    }[]
  }
  readonly FirmwareCampaign: {
    readonly campaignId: string
    readonly firmwareId?: string
    readonly url?: string
    readonly signed: boolean
    readonly parallel: number
    readonly paused: boolean
    readonly createdAt: Schemas['Time']
    readonly progress: {
      readonly waiting: number
      readonly running: number
      readonly done: number
      readonly failed: number
    }
    readonly steps: readonly {
      readonly stationId: string
      readonly state: 'waiting' | 'running' | 'done' | 'failed'
      readonly status?: string
      readonly why?: string
      readonly attempts: number
    }[]
  }
  readonly FreeUser: {
    readonly id: string
    readonly kind: 'card' | 'driver'
    readonly label: string
    readonly lastSigns: string
    readonly until?: Schemas['Time']
    readonly addedAt: Schemas['Time']
  }
  /** How the money enters the escrow: energy credit, an allowance (or permit), an ERC-3009 authorisation. */
  readonly FundingSource: 'Credit' | 'Allowance' | 'Authorization'
  /** 32 bytes. */
  readonly Hash: string
  readonly ImportReport: {
    readonly created: number
    readonly changed: number
    readonly unchanged: number
    readonly rows: readonly {
      readonly line: number
      readonly id: string
      readonly fate: 'taken' | 'skipped'
      readonly words: readonly string[]
    }[]
  }
  readonly IrveStatusReport: {
    readonly rows: number
    readonly changed: number
    readonly counts: { readonly [name: string]: number }
    readonly findings: readonly {
      readonly line: number
      readonly id: string
      readonly what: string
      readonly fate: 'skipped' | 'mended' | 'noted'
      readonly words: string
    }[]
  }
  /** An account elsewhere that signs in here. */
  readonly LinkedIdentity: {
    readonly identityId: string
    readonly provider: string
    readonly createdAt: Schemas['Time']
  }
  /** A place with EVSEs. */
  readonly Location: {
    readonly id: string
    readonly party: Schemas['Party']
    readonly operatorName: string
    readonly name: string
    readonly address: string
    readonly city: string
    readonly postalCode?: string
    readonly countryCode: string
    readonly position: { readonly lon: number; readonly lat: number }
    readonly timeZone: string
    readonly openingHours?: string
    readonly access?: string
    readonly paymentWords?: readonly string[]
    readonly tariffWords?: string
    readonly accessible?: boolean
    readonly facilities?: readonly string[]
    readonly photos?: readonly string[]
    readonly evses: readonly Schemas['Evse'][]
    readonly source: Schemas['LocationSource']
    readonly lastUpdated: Schemas['Time']
  }
  readonly LocationDetail: {
    readonly location: Schemas['Location']
    readonly tariffs: { readonly [name: string]: Schemas['OcpiTariff'] }
  }
  readonly LocationPage: { readonly items: readonly Schemas['LocationSummary'][]; readonly next?: string }
  /** `irve` points come from open data: shown, never chargeable here. `demo` ones are simulated. */
  readonly LocationSource: 'own' | 'demo' | 'irve' | 'roaming'
  readonly LocationSummary: {
    readonly id: string
    readonly party: Schemas['Party']
    readonly operatorName: string
    readonly name: string
    readonly address: string
    readonly city: string
    readonly postalCode?: string
    readonly position: { readonly lon: number; readonly lat: number }
    readonly source: Schemas['LocationSource']
    readonly evseCount: number
    readonly availableCount: number
    readonly payable: boolean
    readonly maxPowerW: number
    readonly standards: readonly Schemas['ConnectorStandard'][]
    readonly distanceM?: number
    readonly alongM?: number
    readonly openNow?: boolean
    readonly free?: boolean
    readonly priceMicro?: Schemas['AmountMicro']
    readonly lastUpdated: Schemas['Time']
  }
  /** A signed-in device. */
  readonly Login: {
    readonly accessToken: string
    readonly accessExpiresAt: Schemas['Time']
    readonly refreshToken: string
    readonly refreshExpiresAt: Schemas['Time']
    readonly loginId: string
    readonly accountId: string
    readonly address?: Schemas['Address']
    readonly scopes: readonly string[]
  }
  readonly LoginInfo: {
    readonly loginId: string
    readonly createdAt: Schemas['Time']
    readonly refreshedAt: Schemas['Time']
    readonly expiresAt: Schemas['Time']
    readonly device?: string
    readonly current: boolean
  }
  /** Somebody who works for a party. */
  readonly Member: {
    readonly address: Schemas['Address']
    readonly accountId: string
    readonly scopes: readonly string[]
    readonly since: Schemas['Time']
  }
  readonly Network: {
    readonly chainId: number
    readonly escrow: Schemas['Address']
    readonly token: Schemas['Address']
    readonly operatorRegistry: Schemas['Address']
    readonly evseRegistry: Schemas['Address']
    readonly operatorId: Schemas['Hash']
    readonly payee: Schemas['Address']
    readonly meterKeyHash: Schemas['Hash']
    readonly issuer: Schemas['Address']
    readonly issuerSessionKey: Schemas['Address']
    readonly depth: number
    readonly local: boolean
    readonly rpcUrl?: string
  }
  /** A location as its operator describes it. */
  readonly NewLocation: {
    readonly name: string
    readonly operatorName: string
    readonly address: string
    readonly city: string
    readonly postalCode?: string
    readonly countryCode: string
    readonly position: { readonly lon: number; readonly lat: number }
    readonly timeZone: string
    readonly openingHours?: string
    readonly access?: string
    readonly accessible?: boolean
    readonly facilities?: readonly (
      | 'HOTEL'
      | 'RESTAURANT'
      | 'CAFE'
      | 'MALL'
      | 'SUPERMARKET'
      | 'SPORT'
      | 'RECREATION_AREA'
      | 'NATURE'
      | 'MUSEUM'
      | 'BIKE_SHARING'
      | 'BUS_STOP'
      | 'TAXI_STAND'
      | 'TRAM_STOP'
      | 'METRO_STATION'
      | 'TRAIN_STATION'
      | 'AIRPORT'
      | 'PARKING_LOT'
      | 'CARPOOL_PARKING'
      | 'FUEL_STATION'
      | 'WIFI'
    )[]
    readonly evses: readonly {
      readonly evseId: Schemas['EvseId']
      readonly station?: { readonly stationId: string; readonly evse: number }
      readonly payable?: boolean
      readonly connectors: readonly {
        readonly id: number
        readonly standard: Schemas['ConnectorStandard']
        readonly format: 'SOCKET' | 'CABLE'
        readonly powerType: 'AC_1_PHASE' | 'AC_2_PHASE' | 'AC_3_PHASE' | 'DC'
        readonly maxPowerW: number
        readonly tariffIds: readonly string[]
        readonly meterCertified?: boolean
      }[]
    }[]
  }
  readonly NewSystemClient: {
    readonly clientId: string
    readonly name: string
    readonly scopes: readonly ('catalogue:read' | 'catalogue:write' | 'stations:read' | 'stations:write')[]
    readonly createdAt: Schemas['Time']
    readonly clientSecret: string
  }
  readonly NewVoucher: {
    readonly id: string
    readonly label: string
    readonly amountMicro: Schemas['AmountMicro']
    readonly uses: number
    readonly used: number
    readonly until?: Schemas['Time']
    readonly createdAt: Schemas['Time']
    readonly code: string
  }
  readonly NewWebhook: {
    readonly id: string
    readonly url: string
    readonly types: readonly ('session.state' | 'session.receipt' | 'session.warning' | 'catalogue.changed')[]
    readonly createdAt: Schemas['Time']
    readonly secret: string
  }
  readonly Notice: {
    readonly id: string
    readonly kind: Schemas['NoticeKind']
    readonly sessionId: Schemas['Hash']
    readonly at: Schemas['Time']
    readonly title: string
    readonly body: string
    readonly readAt?: Schemas['Time']
  }
  readonly NoticeKind: 'started' | 'stopped' | 'deposit-80' | 'deposit-95' | 'full' | 'idle' | 'refund' | 'dispute'
  readonly NoticePage: { readonly items: readonly Schemas['Notice'][]; readonly unread: number; readonly next?: string }
  /** What comes as push and by mail; in the app everything is told. */
  readonly NoticeSettings: {
    readonly locale: 'en' | 'fr'
    readonly push: readonly Schemas['NoticeKind'][]
    readonly mail: readonly Schemas['NoticeKind'][]
  }
  /** OCPI 2.2.1 Tariff object, or null. */
  readonly OcpiTariff: unknown
  /** A family of devices that one party taught the node, for its own plugs. */
  readonly OwnPlugFamily: {
    readonly family: string
    readonly title: string
    readonly profile: { readonly [name: string]: unknown }
    readonly plugs: number
  }
  /** OCPI country code and party id. */
  readonly Party: string
  readonly PartyInfo: { readonly party: Schemas['Party']; readonly name: string; readonly createdAt: Schemas['Time'] }
  readonly PartyOfAccount: {
    readonly party: Schemas['Party']
    readonly name: string
    readonly scopes: readonly string[]
  }
  readonly PartySession: {
    readonly id: Schemas['Hash']
    readonly evseId: string
    readonly locationName: string
    readonly state: string
    readonly door: string
    readonly createdAt: Schemas['Time']
    readonly startedAt?: Schemas['Time']
    readonly endedAt?: Schemas['Time']
    readonly energyWh: number
    readonly amountMicro: Schemas['AmountMicro']
    readonly paidMicro?: Schemas['AmountMicro']
  }
  readonly Passkey: {
    readonly passkeyId: string
    readonly name: string
    readonly createdAt: Schemas['Time']
    readonly usedAt?: Schemas['Time']
  }
  readonly Payout: {
    readonly payee: Schemas['Address']
    readonly creditMicro: Schemas['AmountMicro']
    readonly availableMicro: Schemas['AmountMicro']
    readonly earnedMicro: Schemas['AmountMicro']
    readonly paidOutMicro: Schemas['AmountMicro']
    readonly amountMicro: Schemas['AmountMicro']
    readonly chainId: number
    readonly to: Schemas['Address']
    readonly data: string
  }
  readonly PayoutEntry: {
    readonly amountMicro: Schemas['AmountMicro']
    readonly to: Schemas['Address']
    readonly preparedAt: Schemas['Time']
    readonly state: 'prepared' | 'paid'
    readonly txHash?: string
  }
  readonly PersonalData: { readonly [name: string]: unknown }
  /** A smart plug or small EVSE over MQTT. */
  readonly Plug: {
    readonly plugId: string
    readonly label?: string
    readonly party?: Schemas['Party']
    readonly family: string
    readonly variables: { readonly [name: string]: string }
    readonly channel?: number | 'all'
    readonly credentialId: string
    readonly ratedPowerW: number
    readonly operative: boolean
    readonly createdAt: Schemas['Time']
    readonly live: Schemas['PlugLive']
  }
  readonly PlugAlarm: {
    readonly kind: string
    readonly plugId: string
    readonly at: Schemas['Time']
    readonly detail: string
    readonly address: string
    readonly count: number
  }
  /** Event envelope; `seq` is the id of the server-sent event and resumes by Last-Event-ID. */
  readonly PlugEvent: {
    readonly id: string
    readonly type: 'station.reading' | 'station.status' | 'station.alarm' | 'station.connected' | 'station.disconnected'
    readonly v: 1
    readonly at: Schemas['Time']
    readonly subject: string
    readonly seq: number
    readonly data: { readonly [name: string]: unknown }
  }
  /** A family of devices and what must be known of one. */
  readonly PlugFamily: {
    readonly family: string
    readonly title: string
    readonly kind: 'plug' | 'evse'
    readonly documentation: readonly string[]
    readonly notes: readonly string[]
    readonly deadMan: 'device' | 'settings' | 'none'
    readonly variables: readonly {
      readonly name: string
      readonly label: string
      readonly example?: string
      readonly default?: string
      readonly optional: boolean
      readonly oneOf?: readonly string[]
    }[]
  }
  /** Chosen by the operator; also the id of the station. */
  readonly PlugId: string
  /** What a plug last told. */
  readonly PlugLive: {
    readonly plugId: string
    readonly online: boolean
    readonly status?:
      | 'Available'
      | 'Preparing'
      | 'Charging'
      | 'SuspendedEV'
      | 'SuspendedEVSE'
      | 'Finishing'
      | 'Reserved'
      | 'Unavailable'
      | 'Faulted'
      | 'Occupied'
    readonly heardAt?: Schemas['Time']
    readonly registerWh?: number
    readonly method: 'counter' | 'integrated'
    readonly powerW?: number
    readonly voltageV?: number
    readonly currentA?: number
    readonly temperatureC?: number
    readonly linkQuality?: number
    readonly on?: boolean
    readonly plugged?: boolean
    readonly fault?: string
    readonly meterCertified: false
  }
  readonly PlugReading: {
    readonly at: Schemas['Time']
    readonly registerWh: number
    readonly method: 'counter' | 'integrated'
    readonly counterWh?: number
    readonly powerW?: number
    readonly voltageV?: number
    readonly currentA?: number
    readonly temperatureC?: number
    readonly linkQuality?: number
    readonly on?: boolean
    readonly transactionId?: string
    readonly flags: readonly string[]
  }
  readonly PlugRecording: {
    readonly recordingId: string
    readonly done: boolean
    readonly heard: readonly { readonly topic: string; readonly payload: string; readonly count: number }[]
    readonly suggestions: readonly {
      readonly family: string
      readonly variables: { readonly [name: string]: string }
      readonly understood: number
    }[]
    readonly draft?: { readonly [name: string]: unknown }
    readonly questions: readonly string[]
  }
  readonly PlugRecordingStart: {
    readonly recordingId: string
    readonly username: string
    readonly password: string
    readonly endsAt: Schemas['Time']
  }
  /** How the device of a new plug is set up. */
  readonly PlugSetup: {
    readonly plug: Schemas['Plug']
    readonly username: string
    readonly password?: string
    readonly settings: readonly { readonly label: string; readonly value: string }[]
    readonly command?: { readonly where: string; readonly text: string }
    readonly warnings: readonly string[]
  }
  readonly PriceCurve: {
    readonly currency: string
    readonly points: readonly {
      readonly energyWh: number
      readonly chargingSeconds: number
      readonly totalInclVatMicro: Schemas['AmountMicro']
      readonly totalExclVatMicro: Schemas['AmountMicro']
    }[]
    readonly words: { readonly en: readonly string[]; readonly fr: readonly string[] }
  }
  /** RFC 9457 problem details. */
  readonly Problem: {
    readonly type: string
    readonly title: string
    readonly status: number
    readonly detail: string
    readonly code:
      | 'invalid-input'
      | 'not-authenticated'
      | 'not-allowed'
      | 'not-found'
      | 'not-acceptable'
      | 'conflict'
      | 'gone'
      | 'too-large'
      | 'quote-expired'
      | 'quote-mismatch'
      | 'terms-refused'
      | 'signature-invalid'
      | 'not-computable'
      | 'not-payable'
      | 'evse-occupied'
      | 'evse-unavailable'
      | 'credit-insufficient'
      | 'station-offline'
      | 'station-refused'
      | 'station-timeout'
      | 'session-state'
      | 'rate-limited'
      | 'chain-unavailable'
      | 'store-unavailable'
      | 'no-responder'
      | 'timeout'
      | 'internal'
    readonly hint?: string
    readonly data?: { readonly [name: string]: unknown }
    readonly issues?: readonly { readonly at: string; readonly message: string }[]
    readonly requestId: string
  }
  /** A receipt with all that backs it, and what became of each check. */
  readonly PublicReceipt: {
    readonly holds: 'holds' | 'broken' | 'open'
    readonly checks: readonly Schemas['ReceiptCheck'][]
    readonly session: Schemas['Session']
    readonly party: Schemas['Party']
    readonly paid: boolean
    readonly keyClass: 'STATION' | 'GATEWAY'
    readonly operatorSignature: Schemas['Signature']
    readonly receiptSignature?: Schemas['Signature']
    readonly cosignature?: Schemas['Signature']
    readonly evidence?: {
      readonly start: {
        readonly record: {
          readonly sessionId: Schemas['Hash']
          readonly kind: 'START' | 'END'
          readonly wh: string
          readonly time: number
          readonly chargingSeconds: number
          readonly idleSeconds: number
          readonly counter: number
        }
        readonly signature: string
        readonly proof: readonly Schemas['Hash'][]
      }
      readonly end: {
        readonly record: {
          readonly sessionId: Schemas['Hash']
          readonly kind: 'START' | 'END'
          readonly wh: string
          readonly time: number
          readonly chargingSeconds: number
          readonly idleSeconds: number
          readonly counter: number
        }
        readonly signature: string
        readonly proof: readonly Schemas['Hash'][]
      }
    }
    readonly chain: {
      readonly chainId: number
      readonly escrow: Schemas['Address']
      readonly status?: string
      readonly blockNumber?: string
    }
    readonly documents: readonly { readonly kind: 'receipt' | 'invoice'; readonly sha256: string }[]
    readonly page: string
  }
  readonly PushDevice: { readonly id: string; readonly kind: 'web' | 'expo'; readonly createdAt: Schemas['Time'] }
  readonly PushKey: { readonly publicKey: string }
  /** Sent when the station comes back before it expires. */
  readonly QueuedStationMessage: {
    readonly id: string
    readonly action: string
    readonly payload: { readonly [name: string]: unknown }
    readonly queuedAt: Schemas['Time']
    readonly expiresAt: Schemas['Time']
    readonly state: 'waiting' | 'sent' | 'answered' | 'failed' | 'expired' | 'withdrawn'
    readonly answer?: { readonly [name: string]: unknown }
    readonly why?: string
  }
  /** Price and terms, signed by the operator, to be signed by the driver. */
  readonly Quote: {
    readonly sessionId: Schemas['SessionId']
    readonly terms: Schemas['ChargeTerms']
    readonly operatorSignature: Schemas['Signature']
    readonly expiresAt: Schemas['Time']
    readonly tariff: Schemas['OcpiTariff']
    readonly timeZone: string
    readonly evseId: Schemas['EvseId']
    readonly locationName: string
    readonly keyClass: 'STATION' | 'GATEWAY'
    readonly meterCertified: boolean
    readonly example: {
      readonly energyWh: number
      readonly durationS: number
      readonly totalMicro: Schemas['AmountMicro']
    }
  }
  readonly ReceiptCheck: {
    readonly name:
      | 'terms'
      | 'quote'
      | 'tariff'
      | 'receipt'
      | 'cosignature'
      | 'meter-start'
      | 'meter-end'
      | 'merkle'
      | 'figures'
      | 'bound'
      | 'continuity'
      | 'chain'
    readonly verdict: 'holds' | 'broken' | 'open'
    readonly signer?: Schemas['Address']
    readonly detail?: string
  }
  /** `due` until the chain tells of the deposit. */
  readonly Redemption: {
    readonly amountMicro: Schemas['AmountMicro']
    readonly beneficiary: Schemas['Address']
    readonly at: Schemas['Time']
    readonly state: 'paid' | 'due'
    readonly txHash?: string
  }
  /** What can be booked. */
  readonly RoamingBookable: {
    readonly id: string
    readonly where: 'here' | 'there'
    readonly locationId: string
    readonly evseUid?: string
    readonly tariffIds: readonly string[]
    readonly slots: readonly {
      readonly from: Schemas['Time']
      readonly to: Schemas['Time']
      readonly maxPowerW?: number
    }[]
  }
  /** A booking made at a partner, or by a partner here. */
  readonly RoamingBooking: {
    readonly id: string
    readonly where: 'here' | 'there'
    readonly requestId: string
    readonly locationId: string
    readonly evseUid?: string
    readonly from: Schemas['Time']
    readonly to: Schemas['Time']
    readonly status: 'PENDING' | 'RESERVED' | 'CANCELED' | 'FAILED' | 'NO_SHOW' | 'FULFILLED' | 'REJECTED' | 'UNKNOWN'
    readonly authorizationReference: string
    readonly lastUpdated: Schemas['Time']
  }
  /** What was taken from a driver's bank card for one charge. */
  readonly RoamingCapture: {
    readonly id: string
    readonly authorizationReference: string
    readonly total: number
    readonly currency: string
    readonly status: 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILED'
    readonly words?: string
    readonly lastUpdated: Schemas['Time']
  }
  /** What a look at a partner found, in words that can be sent to it. */
  readonly RoamingCheck: {
    readonly ok: boolean
    readonly steps: readonly { readonly what: string; readonly ok: boolean; readonly words: string }[]
  }
  /** A platform this node roams with by OCPI. */
  readonly RoamingPartner: {
    readonly id: Schemas['RoamingPartnerId']
    readonly name: string
    readonly state: 'invited' | 'registering' | 'registered' | 'unregistered'
    readonly version?: string
    readonly versionsUrl?: string
    readonly parties: readonly string[]
    readonly modules: readonly string[]
    readonly paused: boolean
    readonly waiting: number
    readonly refused: number
    readonly registeredAt?: Schemas['Time']
    readonly lastTroubles: readonly { readonly at: Schemas['Time']; readonly about: string; readonly message: string }[]
    readonly deviations: readonly {
      readonly about: string
      readonly kind: string
      readonly path: string
      readonly count: number
    }[]
  }
  /** The node's own id of a partner. */
  readonly RoamingPartnerId: string
  /** What a period of roaming comes to between two parties. */
  readonly RoamingStatement: {
    readonly partnerId: Schemas['RoamingPartnerId']
    readonly from: Schemas['Time']
    readonly to: Schemas['Time']
    readonly compared: boolean
    readonly weBilledMicro: string
    readonly theyBilledMicro: string
    readonly netMicro: string
    readonly openMicro: string
    readonly root?: Schemas['Hash']
    readonly lines: readonly {
      readonly issuer: 'us' | 'them'
      readonly cdrId: string
      readonly endedAt: string
      readonly energyWh: number
      readonly amountMicro: string
      readonly state: 'agreed' | 'contested' | 'differs' | 'missing-here' | 'missing-there' | 'own'
      readonly theirAmountMicro?: string
      readonly findings: readonly string[]
    }[]
    readonly closing?: Schemas['RoamingStatementClosing']
  }
  /** What became of a closed period. */
  readonly RoamingStatementClosing: {
    readonly state: 'proposed' | 'signed' | 'unpaid' | 'paid' | 'even' | 'disputed'
    readonly at: Schemas['Time']
    readonly reasons: readonly string[]
    readonly payer?: 'us' | 'them'
    readonly statement?: {
      readonly payerId: Schemas['Hash']
      readonly payeeId: Schemas['Hash']
      readonly token: Schemas['Address']
      readonly number: number
      readonly periodStart: number
      readonly periodEnd: number
      readonly totalMicro: string
      readonly root: Schemas['Hash']
      readonly deadline: number
    }
    readonly ourSignature?: Schemas['Signature']
    readonly theirSignature?: Schemas['Signature']
    readonly txHash?: Schemas['Hash']
  }
  /** A payment terminal of a partner, and the plugs of ours it serves. */
  readonly RoamingTerminal: {
    readonly id: string
    readonly reference?: string
    readonly address?: string
    readonly city?: string
    readonly locationIds: readonly string[]
    readonly evseUids: readonly string[]
    readonly lastUpdated: Schemas['Time']
  }
  /** A charge. Energy in Wh, money in micro-euro. */
  readonly Session: {
    readonly id: Schemas['SessionId']
    readonly state: Schemas['SessionState']
    readonly door: 'app' | 'chain' | 'card' | 'roaming' | 'free'
    readonly driver: Schemas['Address']
    readonly evseId: Schemas['EvseId']
    readonly connector: number
    readonly stationId: string
    readonly locationName: string
    readonly meterCertified: boolean
    readonly terms: Schemas['ChargeTerms']
    readonly createdAt: Schemas['Time']
    readonly startedAt?: Schemas['Time']
    readonly endedAt?: Schemas['Time']
    readonly energyWh: number
    readonly powerW: number | null
    readonly socPercent: number | null
    readonly chargingSeconds: number
    readonly idleSeconds: number
    readonly suspended: 'EV' | 'EVSE' | 'no'
    readonly stationOffline: boolean
    readonly costMicro: Schemas['AmountMicro']
    readonly limitMicro: Schemas['AmountMicro']
    readonly stopReason?: 'driver' | 'station' | 'unplugged' | 'limit' | 'operator' | 'chain' | 'fault' | 'power-lost'
    readonly message?: string
    readonly flags: readonly string[]
    readonly receipt?: Schemas['ChargeReceipt']
    readonly receiptSignature?: Schemas['Signature']
    readonly cosigned: boolean
    readonly paidMicro?: Schemas['AmountMicro']
    readonly returnedMicro?: Schemas['AmountMicro']
    readonly transactions: {
      readonly open?: Schemas['Hash']
      readonly propose?: Schemas['Hash']
      readonly settle?: Schemas['Hash']
      readonly cancel?: Schemas['Hash']
    }
    readonly tariff: Schemas['OcpiTariff']
    readonly timeZone: string
  }
  /** Event envelope; `seq` is the id of the server-sent event and resumes by Last-Event-ID. */
  readonly SessionEvent: {
    readonly id: string
    readonly type: 'session.state' | 'session.meter' | 'session.warning' | 'session.stopping' | 'session.receipt'
    readonly v: 1
    readonly at: Schemas['Time']
    readonly subject: string
    readonly seq: number
    readonly data: { readonly [name: string]: unknown }
  }
  /** EIP-712 hash of the charge terms: the id is the agreement. */
  readonly SessionId: string
  readonly SessionPage: { readonly items: readonly Schemas['Session'][]; readonly next?: string }
  readonly SessionState:
    | 'opening'
    | 'funded'
    | 'starting'
    | 'charging'
    | 'stopping'
    | 'ended'
    | 'settling'
    | 'settled'
    | 'rejected'
    | 'cancelling'
    | 'cancelled'
    | 'disputed'
    | 'reclaimed'
  /** A signature; longer than 65 bytes for contract wallets. */
  readonly Signature: string
  readonly SiweNonce: {
    readonly nonce: string
    readonly expiresAt: Schemas['Time']
    readonly domain: string
    readonly uri: string
    readonly chainId: number
  }
  /** A charging station over OCPP. */
  readonly Station: {
    readonly stationId: string
    readonly party: Schemas['Party']
    readonly label?: string
    readonly securityProfile: 0 | 1 | 2 | 3
    readonly organisation?: string
    readonly strict: boolean
    readonly blocked: boolean
    readonly defaultVersion?: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
    readonly meterIntervalS: number
    readonly noPing: boolean
    readonly wholeSeconds: boolean
    readonly maxPowerW?: number
    readonly meterKeys: readonly string[]
    readonly passwords: number
    readonly createdAt: Schemas['Time']
    readonly connected: boolean
    readonly link?: {
      readonly version: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
      readonly connectedAt: Schemas['Time']
      readonly disconnectedAt?: Schemas['Time']
      readonly reason?: string
      readonly remoteAddress?: string
      readonly boot?: {
        readonly at: Schemas['Time']
        readonly vendor: string
        readonly model: string
        readonly serial?: string
        readonly firmware?: string
        readonly meterType?: string
        readonly meterSerial?: string
        readonly reason?: string
      }
    }
    readonly connectors: readonly {
      readonly evse: number
      readonly connector: number
      readonly status:
        | 'Available'
        | 'Preparing'
        | 'Charging'
        | 'SuspendedEV'
        | 'SuspendedEVSE'
        | 'Finishing'
        | 'Reserved'
        | 'Unavailable'
        | 'Faulted'
        | 'Occupied'
      readonly at: Schemas['Time']
      readonly errorCode?: string
    }[]
    readonly running: readonly Schemas['StationTransaction'][]
  }
  readonly StationFact: { readonly key: string; readonly value: unknown; readonly at: Schemas['Time'] }
  readonly StationFrame: { readonly at: Schemas['Time']; readonly direction: 'in' | 'out'; readonly text: string }
  /** As the station sends it at the end of its connection URL. */
  readonly StationId: string
  readonly StationOrphan: {
    readonly transactionId: string
    readonly message: string
    readonly receivedAt: Schemas['Time']
    readonly payload?: unknown
  }
  /** A configuration key (1.6) or variable (2.x), as the station last confirmed it. */
  readonly StationSetting: {
    readonly key: string
    readonly value?: string
    readonly secret: boolean
    readonly readonly: boolean
    readonly rebootRequired: boolean
    readonly at: Schemas['Time']
  }
  /** What is typed into a new station. */
  readonly StationSetup: {
    readonly station: Schemas['Station']
    readonly url: string
    readonly user?: string
    readonly password?: string
    readonly warnings: readonly string[]
  }
  readonly StationSignedValues: {
    readonly items: readonly {
      readonly at: Schemas['Time']
      readonly context?: string
      readonly original: string
      readonly verdict: 'valid' | 'invalid' | 'unverified'
      readonly key?: 'pinned' | 'carried'
      readonly registerWh?: number
      readonly why?: string
    }[]
    readonly root?: Schemas['Hash']
  }
  readonly StationSite: {
    readonly siteId: string
    readonly limitW: number
    readonly grantedW: number
    readonly evses: readonly {
      readonly stationId: string
      readonly evse: number
      readonly maxW: number
      readonly minW: number
      readonly grantedW: number
      readonly connected: boolean
      readonly charging: boolean
      readonly target?: Schemas['DepartureTarget']
    }[]
  }
  readonly StationSiteEvse: {
    readonly stationId: Schemas['StationId']
    readonly evse: number
    readonly maxW: number
    readonly minW?: number
  }
  /** A transaction as the station told it. */
  readonly StationTransaction: {
    readonly transactionId: string
    readonly evse: number
    readonly connector: number
    readonly state: 'open' | 'ended'
    readonly startedAt: Schemas['Time']
    readonly startWh?: number
    readonly endedAt?: Schemas['Time']
    readonly endWh?: number
    readonly reason?: string
    readonly sessionId?: string
    readonly offline: boolean
    readonly estimated: boolean
    readonly flags: readonly string[]
  }
  readonly SystemClient: {
    readonly clientId: string
    readonly name: string
    readonly scopes: readonly ('catalogue:read' | 'catalogue:write' | 'stations:read' | 'stations:write')[]
    readonly createdAt: Schemas['Time']
  }
  /** ISO 8601, UTC, with milliseconds. */
  readonly Time: string
  readonly UnplacedPlug: {
    readonly stationId: string
    readonly evse: number
    readonly connectors: readonly number[]
    readonly firstSeenAt: Schemas['Time']
    readonly lastStatus: string
    readonly suggestedEvseId: string
  }
  readonly Vehicle: {
    readonly id: string
    readonly name: string
    readonly plate?: string
    readonly batteryWh?: number
    readonly maxAcW?: number
    readonly maxDcW?: number
    readonly standards: readonly Schemas['ConnectorStandard'][]
    readonly usual: boolean
    readonly createdAt: Schemas['Time']
  }
  readonly Voucher: {
    readonly id: string
    readonly label: string
    readonly amountMicro: Schemas['AmountMicro']
    readonly uses: number
    readonly used: number
    readonly until?: Schemas['Time']
    readonly createdAt: Schemas['Time']
  }
  readonly VoucherDeposits: {
    readonly chainId: number
    readonly totalMicro: Schemas['AmountMicro']
    readonly calls: readonly { readonly to: Schemas['Address']; readonly data: string }[]
  }
  readonly Webhook: {
    readonly id: string
    readonly url: string
    readonly types: readonly ('session.state' | 'session.receipt' | 'session.warning' | 'catalogue.changed')[]
    readonly createdAt: Schemas['Time']
  }
  readonly Withdrawal: {
    readonly id: Schemas['Hash']
    readonly account: Schemas['Address']
    readonly to: Schemas['Address']
    readonly amountMicro: Schemas['AmountMicro']
    readonly state: 'under-way' | 'paid' | 'refused'
    readonly at: Schemas['Time']
    readonly txHash?: Schemas['Hash']
    readonly why?: string
  }
}

/** What each operation takes and gives. */
export interface Operations {
  /** Find what this node offers */
  readonly discover: { readonly ask: Record<never, never>; readonly answer: Schemas['Discovery'] }
  /** This document */
  readonly getOpenApi: { readonly ask: Record<never, never>; readonly answer: { readonly [name: string]: unknown } }
  /** Get a nonce to sign in with */
  readonly createSiweNonce: { readonly ask: Record<never, never>; readonly answer: Schemas['SiweNonce'] }
  /** Sign in with a wallet (EIP-4361) */
  readonly signInWithWallet: {
    readonly ask: { readonly body: { readonly message: string; readonly signature: Schemas['Signature'] } }
    readonly answer: Schemas['Login']
  }
  /** Sign up with e-mail and password */
  readonly signUpByEmail: {
    readonly ask: {
      readonly body: { readonly email: string; readonly password: string; readonly locale?: 'en' | 'fr' }
    }
    readonly answer: undefined
  }
  /** Confirm an address with the link from the letter */
  readonly verifyEmail: {
    readonly ask: { readonly body: { readonly token: string } }
    readonly answer: Schemas['Login']
  }
  /** Sign in with e-mail and password */
  readonly signInByEmail: {
    readonly ask: { readonly body: { readonly email: string; readonly password: string } }
    readonly answer: Schemas['Login']
  }
  /** Ask for a letter to choose a new password */
  readonly forgotPassword: {
    readonly ask: { readonly body: { readonly email: string; readonly locale?: 'en' | 'fr' } }
    readonly answer: undefined
  }
  /** Choose a new password with the link from the letter */
  readonly resetPassword: {
    readonly ask: { readonly body: { readonly token: string; readonly password: string } }
    readonly answer: Schemas['Login']
  }
  /** The script of the sign-in page */
  readonly getSignInScript: { readonly ask: Record<never, never>; readonly answer: string }
  /** Get a challenge to sign in with a passkey */
  readonly createPasskeyChallenge: {
    readonly ask: Record<never, never>
    readonly answer: { readonly [name: string]: unknown }
  }
  /** Sign in with a passkey */
  readonly signInWithPasskey: {
    readonly ask: { readonly body: { readonly response: { readonly [name: string]: unknown } } }
    readonly answer: Schemas['Login']
  }
  /** Get a challenge to add a passkey */
  readonly createPasskeyRegistration: {
    readonly ask: Record<never, never>
    readonly answer: { readonly [name: string]: unknown }
  }
  /** Add a passkey to my account */
  readonly addPasskey: {
    readonly ask: { readonly body: { readonly name: string; readonly response: { readonly [name: string]: unknown } } }
    readonly answer: Schemas['Passkey']
  }
  /** List my passkeys */
  readonly listPasskeys: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['Passkey'][] }
  }
  /** Remove a passkey */
  readonly removePasskey: {
    readonly ask: { readonly params: { readonly passkeyId: string } }
    readonly answer: undefined
  }
  /** Add an e-mail address and password to my account */
  readonly addEmail: {
    readonly ask: {
      readonly body: { readonly email: string; readonly password: string; readonly locale?: 'en' | 'fr' }
    }
    readonly answer: undefined
  }
  /** List the accounts elsewhere that sign me in here */
  readonly listIdentities: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['LinkedIdentity'][] }
  }
  /** Stop an account elsewhere from signing me in here */
  readonly removeIdentity: {
    readonly ask: { readonly params: { readonly identityId: string } }
    readonly answer: undefined
  }
  /** Exchange a refresh token for new tokens */
  readonly refreshLogin: {
    readonly ask: { readonly body: { readonly refreshToken: string } }
    readonly answer: Schemas['Login']
  }
  /** End this login */
  readonly signOut: { readonly ask: Record<never, never>; readonly answer: undefined }
  /** Who am I */
  readonly getAccount: { readonly ask: Record<never, never>; readonly answer: Schemas['Account'] }
  /** List my signed-in devices */
  readonly listLogins: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['LoginInfo'][] }
  }
  /** Sign a device out */
  readonly revokeLogin: { readonly ask: { readonly params: { readonly loginId: string } }; readonly answer: undefined }
  /** Add a wallet to my account (EIP-4361) */
  readonly linkWallet: {
    readonly ask: { readonly body: { readonly message: string; readonly signature: Schemas['Signature'] } }
    readonly answer: { readonly address: Schemas['Address'] }
  }
  /** Take a wallet off my account */
  readonly unlinkWallet: {
    readonly ask: { readonly params: { readonly address: Schemas['Address'] } }
    readonly answer: undefined
  }
  /** Choose the party this login acts for */
  readonly actForParty: {
    readonly ask: { readonly body: { readonly party: Schemas['Party'] | null } }
    readonly answer: undefined
  }
  /** Add a party to this node */
  readonly createParty: {
    readonly ask: { readonly body: { readonly party: Schemas['Party']; readonly name: string } }
    readonly answer: Schemas['PartyInfo']
  }
  /** List the parties I work for (an admin: all) */
  readonly listParties: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['PartyInfo'][] }
  }
  /** List who works for a party */
  readonly listMembers: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['Member'][] }
  }
  /** Add a member by wallet, or change their rights */
  readonly putMember: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly address: Schemas['Address'] }
      readonly body: {
        readonly scopes: readonly ('catalogue:write' | 'stations:read' | 'stations:write' | 'party:write')[]
      }
    }
    readonly answer: Schemas['Member']
  }
  /** Remove a member; their rights end at their next request */
  readonly removeMember: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly address: Schemas['Address'] } }
    readonly answer: undefined
  }
  /** Make an API key for a party's own systems */
  readonly createKey: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly name: string
        readonly scopes: readonly ('catalogue:read' | 'catalogue:write' | 'stations:read' | 'stations:write')[]
        readonly expiresAt?: Schemas['Time']
      }
    }
    readonly answer: Schemas['ApiKey']
  }
  /** List a party's API keys */
  readonly listKeys: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['ApiKeyInfo'][] }
  }
  /** Revoke an API key */
  readonly revokeKey: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly keyId: string } }
    readonly answer: undefined
  }
  /** Make an OAuth client for a system of the party */
  readonly createSystemClient: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly name: string
        readonly scopes: readonly ('catalogue:read' | 'catalogue:write' | 'stations:read' | 'stations:write')[]
      }
    }
    readonly answer: Schemas['NewSystemClient']
  }
  /** List the OAuth clients of the party */
  readonly listSystemClients: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['SystemClient'][] }
  }
  /** Remove an OAuth client; its tokens end with it */
  readonly revokeSystemClient: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly clientId: string } }
    readonly answer: undefined
  }
  /** See who did what for a party */
  readonly listAudit: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query?: { readonly limit?: string; readonly cursor?: string }
    }
    readonly answer: { readonly items: readonly Schemas['AuditEntry'][]; readonly next?: string }
  }
  /** Find locations */
  readonly listLocations: {
    readonly ask: {
      readonly query?: {
        readonly box?: string
        readonly lat?: string
        readonly lon?: string
        readonly radiusM?: string
        readonly q?: string
        readonly minPowerW?: string
        readonly standard?: Schemas['ConnectorStandard'] | readonly Schemas['ConnectorStandard'][]
        readonly available?: 'true' | 'false'
        readonly party?: Schemas['Party']
        readonly pays?: 'card' | 'ad-hoc'
        readonly accessible?: 'true' | 'false'
        readonly payable?: 'true' | 'false'
        readonly free?: 'true' | 'false'
        readonly openNow?: 'true' | 'false'
        readonly route?: string
        readonly corridorM?: string
        readonly energyWh?: string
        readonly minutes?: string
        readonly maxPriceMicro?: Schemas['AmountMicro']
        readonly limit?: string
        readonly cursor?: string
      }
    }
    readonly answer: Schemas['LocationPage']
  }
  /** See a location with its EVSEs and tariffs */
  readonly getLocation: {
    readonly ask: { readonly params: { readonly locationId: string } }
    readonly answer: Schemas['LocationDetail']
  }
  /** See an EVSE by its id, as typed or read from a QR code */
  readonly getEvse: {
    readonly ask: { readonly params: { readonly evseId: string } }
    readonly answer: Schemas['EvseDetail']
  }
  /** A vector tile of places for a map */
  readonly getTile: {
    readonly ask: {
      readonly params: { readonly z: string; readonly x: string; readonly y: string }
      readonly query?: {
        readonly minPowerW?: string
        readonly standard?: Schemas['ConnectorStandard'] | readonly Schemas['ConnectorStandard'][]
        readonly available?: 'true' | 'false'
        readonly party?: Schemas['Party']
        readonly pays?: 'card' | 'ad-hoc'
        readonly accessible?: 'true' | 'false'
        readonly payable?: 'true' | 'false'
      }
    }
    readonly answer: Uint8Array
  }
  /** Create or change a location of my party */
  readonly putLocation: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly locationId: string }
      readonly body: Schemas['NewLocation']
    }
    readonly answer: Schemas['Location']
  }
  /** Take a location of my party off the map */
  readonly removeLocation: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly locationId: string } }
    readonly answer: undefined
  }
  /** Create or change a tariff of my party */
  readonly putTariff: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly tariffId: string }
      readonly body: { readonly [name: string]: unknown }
    }
    readonly answer: Schemas['OcpiTariff']
  }
  /** Remove a tariff of my party */
  readonly removeTariff: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly tariffId: string } }
    readonly answer: undefined
  }
  /** List the tariffs of my party */
  readonly listTariffs: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['OcpiTariff'][] }
  }
  /** What a tariff costs over the energy taken */
  readonly getPriceCurve: {
    readonly ask: {
      readonly body: {
        readonly tariff: { readonly [name: string]: unknown }
        readonly timeZone?: string
        readonly startAt?: Schemas['Time']
        readonly powerW?: number
        readonly energyWh?: number
        readonly parkingMinutes?: number
        readonly points?: number
      }
    }
    readonly answer: Schemas['PriceCurve']
  }
  /** The sticker for a plug, ready to print */
  readonly getEvseSticker: {
    readonly ask: { readonly params: { readonly evseId: string } }
    readonly answer: Uint8Array
  }
  /** List plugs of my party’s stations that are at no location yet */
  readonly listUnplacedPlugs: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['UnplacedPlug'][] }
  }
  /** Import my party's plugs from CSV */
  readonly importLocations: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query?: { readonly dryRun?: 'true' | 'false' }
      readonly body: Uint8Array
    }
    readonly answer: Schemas['ImportReport']
  }
  /** Add a photo to a location of my party */
  readonly addPhoto: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly locationId: string }
      readonly body: Uint8Array
    }
    readonly answer: Schemas['Location']
  }
  /** Take a photo off a location of my party */
  readonly removePhoto: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly locationId: string; readonly photoId: string }
    }
    readonly answer: undefined
  }
  /** A photo of a place */
  readonly getPhoto: {
    readonly ask: {
      readonly params: { readonly photoId: string }
      readonly query?: { readonly size?: 'small' | 'large' }
    }
    readonly answer: Uint8Array
  }
  /** Prepare the registration of an EVSE on chain */
  readonly prepareRegistration: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly evseId: Schemas['EvseId'] }
      readonly body: {
        readonly operatorId?: Schemas['Hash']
        readonly meterKey?: string
        readonly keyClass?: 'STATION' | 'GATEWAY'
      }
    }
    readonly answer: Schemas['EvseRegistration']
  }
  /** The QR code for the sticker at a plug */
  readonly getEvseQr: { readonly ask: { readonly params: { readonly evseId: string } }; readonly answer: string }
  /** A party's charge points in France as open data: what they are */
  readonly exportIrveStatic: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query: { readonly contact: string }
    }
    readonly answer: string
  }
  /** A party's charge points in France as open data: how they are now */
  readonly exportIrveDynamic: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: string
  }
  /** Take in how open-data charge points are now */
  readonly importIrveStatus: {
    readonly ask: { readonly body: Uint8Array }
    readonly answer: Schemas['IrveStatusReport']
  }
  /** List roaming partners: state, what waits, last errors in words */
  readonly listRoamingPartners: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['RoamingPartner'][] }
  }
  /** Register with a partner that gave its versions URL and a registration token */
  readonly addRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: { readonly url: string; readonly token: string; readonly name?: string }
    }
    readonly answer: Schemas['RoamingPartner']
  }
  /** Let a partner register with this node */
  readonly inviteRoamingPartner: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] }; readonly body: { readonly name: string } }
    readonly answer: { readonly id: Schemas['RoamingPartnerId']; readonly url: string; readonly token: string }
  }
  /** See a roaming partner */
  readonly getRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: Schemas['RoamingPartner']
  }
  /** End the connection with a partner; its tokens end at once */
  readonly removeRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: undefined
  }
  /** Test the connection with a partner */
  readonly testRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: Schemas['RoamingCheck']
  }
  /** Look at all a partner offers and say what is wrong on its side */
  readonly checkRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: Schemas['RoamingCheck']
  }
  /** Send again now what a partner is owed */
  readonly resendToRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: { readonly which?: 'waiting' | 'refused' | 'all' }
    }
    readonly answer: { readonly count: number }
  }
  /** Hold pushes to a partner back, or let them go again */
  readonly pauseRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: { readonly paused: boolean }
    }
    readonly answer: Schemas['RoamingPartner']
  }
  /** Renew the tokens of both sides */
  readonly rotateRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: Schemas['RoamingPartner']
  }
  /** See what a period with a partner comes to, to the cent, with every disagreement */
  readonly getRoamingStatement: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly query: { readonly from: Schemas['Time']; readonly to: Schemas['Time'] }
    }
    readonly answer: Schemas['RoamingStatement']
  }
  /** Close a period with a partner: both sign the net, whoever owes it pays on chain */
  readonly closeRoamingStatement: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: { readonly from: Schemas['Time']; readonly to: Schemas['Time'] }
    }
    readonly answer: Schemas['RoamingStatement']
  }
  /** List a partner's payment terminals, and what was taken at them */
  readonly listRoamingTerminals: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: {
      readonly items: readonly Schemas['RoamingTerminal'][]
      readonly captures: readonly Schemas['RoamingCapture'][]
    }
  }
  /** Ask for a payment terminal that came with a station, by the mark of its maker */
  readonly activateRoamingTerminal: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: {
        readonly reference: string
        readonly locationIds?: readonly string[]
        readonly evseUids?: readonly string[]
      }
    }
    readonly answer: undefined
  }
  /** Put a partner's payment terminal at locations and EVSEs */
  readonly assignRoamingTerminal: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly partnerId: Schemas['RoamingPartnerId']
        readonly terminalId: string
      }
      readonly body: { readonly locationIds?: readonly string[]; readonly evseUids?: readonly string[] }
    }
    readonly answer: undefined
  }
  /** Give a payment terminal back */
  readonly deactivateRoamingTerminal: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly partnerId: Schemas['RoamingPartnerId']
        readonly terminalId: string
      }
    }
    readonly answer: undefined
  }
  /** List what can be booked at a partner, and what is on offer here */
  readonly listRoamingBookable: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: { readonly items: readonly Schemas['RoamingBookable'][] }
  }
  /** List bookings made at a partner, and by it here */
  readonly listRoamingBookings: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
    }
    readonly answer: { readonly items: readonly Schemas['RoamingBooking'][] }
  }
  /** Book a partner's plug */
  readonly bookAtRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: {
        readonly bookableId: string
        readonly from: Schemas['Time']
        readonly to: Schemas['Time']
        readonly requestId?: string
        readonly powerKw?: number
      }
    }
    readonly answer: Schemas['RoamingBooking']
  }
  /** Cancel a booking at a partner */
  readonly cancelRoamingBooking: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly partnerId: Schemas['RoamingPartnerId']
        readonly requestId: string
      }
    }
    readonly answer: Schemas['RoamingBooking']
  }
  /** Tell a partner what a driver prefers for a charge at its plug */
  readonly preferAtRoamingPartner: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly partnerId: Schemas['RoamingPartnerId']
        readonly sessionId: string
      }
      readonly body: {
        readonly profile: 'CHEAP' | 'FAST' | 'GREEN' | 'REGULAR'
        readonly departureAt?: Schemas['Time']
        readonly energyKwh?: number
        readonly dischargeAllowed?: boolean
      }
    }
    readonly answer: {
      readonly result:
        | 'ACCEPTED'
        | 'DEPARTURE_REQUIRED'
        | 'ENERGY_NEED_REQUIRED'
        | 'NOT_POSSIBLE'
        | 'PROFILE_TYPE_NOT_SUPPORTED'
        | 'NOT_SUPPORTED'
    }
  }
  /** Offer a plug to be booked by partners */
  readonly offerRoamingBooking: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly bookableId: string }
      readonly body: {
        readonly locationId: string
        readonly evseUid?: string
        readonly tariffIds?: readonly string[]
        readonly slots: readonly {
          readonly from: Schemas['Time']
          readonly to: Schemas['Time']
          readonly maxPowerW?: number
        }[]
        readonly changeUntilMinutes?: number
        readonly cancelUntilMinutes?: number
      }
    }
    readonly answer: Schemas['RoamingBookable']
  }
  /** Read now what a partner has */
  readonly pullRoamingPartner: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly partnerId: Schemas['RoamingPartnerId'] }
      readonly body: { readonly full?: boolean }
    }
    readonly answer: {
      readonly items: readonly {
        readonly kind: string
        readonly objects: number
        readonly changed: number
        readonly pages: number
        readonly bad: number
        readonly trouble?: string
      }[]
    }
  }
  /** List the families of smart plugs this node knows */
  readonly listPlugFamilies: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['PlugFamily'][] }
  }
  /** Teach this node a family of smart plugs */
  readonly putPlugFamily: {
    readonly ask: { readonly body: { readonly [name: string]: unknown } }
    readonly answer: Schemas['PlugFamily']
  }
  /** Let a household's Home Assistant see the plugs */
  readonly addPlugObserver: {
    readonly ask: { readonly body: { readonly name: Schemas['PlugId'] } }
    readonly answer: { readonly username: string; readonly password: string }
  }
  /** Record an unknown device */
  readonly recordPlug: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: { readonly prefix: string; readonly seconds: number }
    }
    readonly answer: Schemas['PlugRecordingStart']
  }
  /** See what an unknown device said, and what fits it */
  readonly getPlugRecording: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly recordingId: string } }
    readonly answer: Schemas['PlugRecording']
  }
  /** Let a smart plug in, or change it */
  readonly addPlug: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly plugId: Schemas['PlugId']
        readonly family: string
        readonly variables: { readonly [name: string]: string }
        readonly ratedPowerW: number
        readonly label?: string
        readonly channel?: number | 'all'
        readonly channels?: number
        readonly credentialId?: Schemas['PlugId']
      }
    }
    readonly answer: Schemas['PlugSetup']
  }
  /** List a party's smart plugs with what they last told */
  readonly listPlugs: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['Plug'][] }
  }
  /** See a smart plug and what it last told */
  readonly getPlug: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly plugId: Schemas['PlugId'] } }
    readonly answer: Schemas['Plug']
  }
  /** Take a smart plug out; its credential ends */
  readonly removePlug: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly plugId: Schemas['PlugId'] } }
    readonly answer: undefined
  }
  /** Give the device a new password; the old one ends at once */
  readonly rekeyPlug: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly plugId: Schemas['PlugId'] } }
    readonly answer: { readonly username: string; readonly password: string }
  }
  /** Read what a smart plug measured */
  readonly listPlugReadings: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly plugId: Schemas['PlugId'] }
      readonly query?: { readonly from?: Schemas['Time']; readonly to?: Schemas['Time']; readonly limit?: string }
    }
    readonly answer: { readonly items: readonly Schemas['PlugReading'][] }
  }
  /** See what went wrong around a party's smart plugs */
  readonly listPlugAlarms: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query?: { readonly limit?: string }
    }
    readonly answer: { readonly items: readonly Schemas['PlugAlarm'][] }
  }
  /** List the device profiles my party wrote */
  readonly listOwnPlugFamilies: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['OwnPlugFamily'][] }
  }
  /** Keep a device profile for my party's plugs, or change it */
  readonly putOwnPlugFamily: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly family: string }
      readonly body: { readonly [name: string]: unknown }
    }
    readonly answer: Schemas['OwnPlugFamily']
  }
  /** Remove a device profile of my party; no plug may speak by it */
  readonly removeOwnPlugFamily: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly family: string } }
    readonly answer: undefined
  }
  /** List a party's charging stations with their state */
  readonly listStations: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query?: { readonly limit?: string; readonly after?: string }
    }
    readonly answer: { readonly items: readonly Schemas['Station'][]; readonly next?: string }
  }
  /** Let a charging station in */
  readonly registerStation: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly stationId: Schemas['StationId']
        readonly password?: string
        readonly label?: string
        readonly securityProfile?: 0 | 1 | 2 | 3
        readonly organisation?: string
        readonly strict?: boolean
        readonly defaultVersion?: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
        readonly meterIntervalS?: number
        readonly noPing?: boolean
        readonly wholeSeconds?: boolean
        readonly maxPowerW?: number
        readonly meterKeys?: { readonly [name: string]: string }
      }
    }
    readonly answer: Schemas['StationSetup']
  }
  /** See a charging station */
  readonly getStation: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: Schemas['Station']
  }
  /** Change what was decided about a charging station, or block it */
  readonly changeStation: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly body: {
        readonly label?: string
        readonly securityProfile?: 0 | 1 | 2 | 3
        readonly organisation?: string
        readonly strict?: boolean
        readonly defaultVersion?: 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
        readonly meterIntervalS?: number
        readonly noPing?: boolean
        readonly wholeSeconds?: boolean
        readonly maxPowerW?: number
        readonly meterKeys?: { readonly [name: string]: string }
        readonly blocked?: boolean
      }
    }
    readonly answer: Schemas['Station']
  }
  /** Take a charging station out; its credential ends */
  readonly removeStation: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: undefined
  }
  /** Give a charging station a new password */
  readonly rekeyStation: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly body: { readonly tell: boolean }
    }
    readonly answer: { readonly user: string; readonly password: string; readonly told: boolean }
  }
  /** Send any message to a charging station and see its answer */
  readonly sendToStation: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly body: {
        readonly action: string
        readonly payload: { readonly [name: string]: unknown }
        readonly timeoutS?: number
        readonly expiresInS?: number
      }
      readonly idempotencyKey?: string
    }
    readonly answer: {
      readonly answer?: { readonly [name: string]: unknown }
      readonly queued?: Schemas['QueuedStationMessage']
    }
  }
  /** See what waits for a charging station, and what came of it */
  readonly listQueuedStationCommands: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: { readonly items: readonly Schemas['QueuedStationMessage'][] }
  }
  /** Take back a message that still waits */
  readonly withdrawStationCommand: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly stationId: Schemas['StationId']
        readonly commandId: string
      }
    }
    readonly answer: undefined
  }
  /** Read what went over the line to a charging station */
  readonly listStationMessages: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly query?: {
        readonly containing?: string
        readonly direction?: 'in' | 'out'
        readonly after?: Schemas['Time']
        readonly limit?: string
      }
    }
    readonly answer: { readonly items: readonly Schemas['StationFrame'][] }
  }
  /** Take the message log of a charging station along */
  readonly exportStationMessages: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly query?: {
        readonly containing?: string
        readonly direction?: 'in' | 'out'
        readonly after?: Schemas['Time']
      }
    }
    readonly answer: string
  }
  /** See a charging station's configuration */
  readonly listStationSettings: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: { readonly items: readonly Schemas['StationSetting'][] }
  }
  /** Change a charging station's configuration */
  readonly putStationSetting: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly body: { readonly key: string; readonly value: string }
    }
    readonly answer: { readonly status: string }
  }
  /** Ask a charging station for its configuration anew */
  readonly readStationSettings: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: { readonly items: readonly Schemas['StationSetting'][] }
  }
  /** See what else is known of a charging station */
  readonly listStationFacts: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly stationId: Schemas['StationId']
        readonly kind: string
      }
    }
    readonly answer: { readonly items: readonly Schemas['StationFact'][] }
  }
  /** List a charging station's transactions */
  readonly listStationTransactions: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly query?: { readonly limit?: string }
    }
    readonly answer: { readonly items: readonly Schemas['StationTransaction'][] }
  }
  /** See what the meter signed in a transaction */
  readonly getStationSignedValues: {
    readonly ask: {
      readonly params: {
        readonly party: Schemas['Party']
        readonly stationId: Schemas['StationId']
        readonly transactionId: string
      }
    }
    readonly answer: Schemas['StationSignedValues']
  }
  /** See what a charging station told of transactions nobody knows */
  readonly listStationOrphans: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: { readonly items: readonly Schemas['StationOrphan'][] }
  }
  /** See where a charging station leaves the specification */
  readonly listStationDeviations: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] } }
    readonly answer: { readonly items: readonly { readonly what: string; readonly count: number }[] }
  }
  /** Ask a charging station for its log */
  readonly askStationLog: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly stationId: Schemas['StationId'] }
      readonly body: {
        readonly kind: 'diagnostics' | 'security'
        readonly from?: Schemas['Time']
        readonly to?: Schemas['Time']
      }
    }
    readonly answer: { readonly fileId: string; readonly status: string }
  }
  /** Fetch a log that a charging station left */
  readonly getStationLog: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly fileId: string } }
    readonly answer: Uint8Array
  }
  /** Put a firmware here for campaigns */
  readonly putFirmware: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly firmwareId: string }
      readonly body: Uint8Array
    }
    readonly answer: { readonly firmwareId: string; readonly bytes: number; readonly sha256: string }
  }
  /** Bring a firmware to many charging stations, a few at a time */
  readonly beginFirmwareCampaign: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly campaignId: string
        readonly firmwareId?: string
        readonly url?: string
        readonly signature?: string
        readonly signingCertificate?: string
        readonly stationIds: readonly Schemas['StationId'][]
        readonly parallel?: number
      }
    }
    readonly answer: Schemas['FirmwareCampaign']
  }
  /** List a party's firmware campaigns with their progress */
  readonly listFirmwareCampaigns: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['FirmwareCampaign'][] }
  }
  /** See how far a firmware campaign is */
  readonly getFirmwareCampaign: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly campaignId: string } }
    readonly answer: Schemas['FirmwareCampaign']
  }
  /** Hold a firmware campaign, or let it go on */
  readonly pauseFirmwareCampaign: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly campaignId: string }
      readonly body: { readonly paused: boolean }
    }
    readonly answer: Schemas['FirmwareCampaign']
  }
  /** List a party's sites with the limit their EVSEs share */
  readonly listStationSites: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['StationSite'][] }
  }
  /** See the share of each EVSE of a site */
  readonly getStationSite: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly siteId: string } }
    readonly answer: Schemas['StationSite']
  }
  /** Let EVSEs share the limit of a connection to the grid */
  readonly putStationSite: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly siteId: string }
      readonly body: { readonly limitW: number; readonly evses: readonly Schemas['StationSiteEvse'][] }
    }
    readonly answer: Schemas['StationSite']
  }
  /** Lift the limit of a site */
  readonly removeStationSite: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly siteId: string } }
    readonly answer: {
      readonly kept: readonly { readonly stationId: string; readonly evse: number; readonly grantedW: number }[]
    }
  }
  /** Say what a car at a site wants by when */
  readonly putDepartureTarget: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly siteId: string }
      readonly body: {
        readonly stationId: Schemas['StationId']
        readonly evse: number
        readonly target?: Schemas['DepartureTarget']
      }
    }
    readonly answer: Schemas['StationSite']
  }
  /** Ask for price and terms of a charge */
  readonly createQuote: {
    readonly ask: {
      readonly body: {
        readonly evseId: Schemas['EvseId']
        readonly connector?: number
        readonly sessionKey: Schemas['Address']
        readonly source?: Schemas['FundingSource']
        readonly maxAmountMicro?: Schemas['AmountMicro']
      }
      readonly idempotencyKey?: string
    }
    readonly answer: Schemas['Quote']
  }
  /** Open a session with signed terms */
  readonly openSession: {
    readonly ask: {
      readonly body: {
        readonly terms: Schemas['ChargeTerms']
        readonly operatorSignature: Schemas['Signature']
        readonly driverSignature: Schemas['Signature']
        readonly permit?: { readonly deadline: number; readonly signature: Schemas['Signature'] }
      }
      readonly idempotencyKey?: string
    }
    readonly answer: Schemas['Session']
  }
  /** List my sessions */
  readonly listSessions: {
    readonly ask: {
      readonly query?: {
        readonly state?: Schemas['SessionState'] | readonly Schemas['SessionState'][]
        readonly evseId?: Schemas['EvseId']
        readonly from?: Schemas['Time']
        readonly to?: Schemas['Time']
        readonly limit?: string
        readonly cursor?: string
      }
    }
    readonly answer: Schemas['SessionPage']
  }
  /** See a session */
  readonly getSession: {
    readonly ask: { readonly params: { readonly sessionId: Schemas['SessionId'] } }
    readonly answer: Schemas['Session']
  }
  /** Stop a session */
  readonly stopSession: {
    readonly ask: { readonly params: { readonly sessionId: Schemas['SessionId'] } }
    readonly answer: Schemas['Session']
  }
  /** Co-sign the receipt with the session key */
  readonly cosignSession: {
    readonly ask: {
      readonly params: { readonly sessionId: Schemas['SessionId'] }
      readonly body: { readonly signature: Schemas['Signature'] }
    }
    readonly answer: Schemas['Session']
  }
  /** Raise the limit of a running session */
  readonly topUpSession: {
    readonly ask: {
      readonly params: { readonly sessionId: Schemas['SessionId'] }
      readonly body: {
        readonly newMaxMicro: Schemas['AmountMicro']
        readonly deadline: number
        readonly signature: Schemas['Signature']
      }
      readonly idempotencyKey?: string
    }
    readonly answer: Schemas['Session']
  }
  /** Check a receipt */
  readonly getReceipt: {
    readonly ask: { readonly params: { readonly sessionId: Schemas['SessionId'] } }
    readonly answer: Schemas['PublicReceipt']
  }
  /** Dispute the amount of a session */
  readonly disputeSession: {
    readonly ask: {
      readonly params: { readonly sessionId: Schemas['SessionId'] }
      readonly body: {
        readonly undisputedMicro: Schemas['AmountMicro']
        readonly reason: string
        readonly signature?: Schemas['Signature']
        readonly deadline?: number
      }
    }
    readonly answer: Schemas['DisputeCall']
  }
  /** The receipt of a settled charge as PDF */
  readonly getReceiptPdf: {
    readonly ask: {
      readonly params: { readonly sessionId: Schemas['SessionId'] }
      readonly query?: { readonly locale?: 'en' | 'fr' }
    }
    readonly answer: Uint8Array
  }
  /** What the station’s meter signed, as transparency software reads it */
  readonly getSignedReadings: {
    readonly ask: { readonly params: { readonly sessionId: Schemas['SessionId'] } }
    readonly answer: string
  }
  /** My charges of a span as CSV */
  readonly exportCharges: {
    readonly ask: { readonly query: { readonly from: Schemas['Time']; readonly to: Schemas['Time'] } }
    readonly answer: string
  }
  /** The invoice of a month that is over */
  readonly createInvoice: {
    readonly ask: {
      readonly body: { readonly party: Schemas['Party']; readonly month: string; readonly locale?: 'en' | 'fr' }
    }
    readonly answer: Schemas['Document']
  }
  /** My receipts and invoices */
  readonly listDocuments: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['Document'][] }
  }
  /** A signed address of one of my documents */
  readonly linkDocument: {
    readonly ask: { readonly params: { readonly sha256: string } }
    readonly answer: Schemas['DocumentLink']
  }
  /** Read what a signed address is for */
  readonly getBlob: {
    readonly ask: {
      readonly params: { readonly blobKey: string }
      readonly query: { readonly expires: string; readonly signature: string }
    }
    readonly answer: Uint8Array
  }
  /** Write what a signed address is for */
  readonly putBlob: {
    readonly ask: {
      readonly params: { readonly blobKey: string }
      readonly query: { readonly expires: string; readonly signature: string }
      readonly body: Uint8Array
    }
    readonly answer: undefined
  }
  /** A document of mine */
  readonly getDocument: { readonly ask: { readonly params: { readonly sha256: string } }; readonly answer: Uint8Array }
  /** What stands on my invoices */
  readonly getAccountBilling: { readonly ask: Record<never, never>; readonly answer: Schemas['Billing'] }
  /** Tell what shall stand on my invoices */
  readonly putAccountBilling: {
    readonly ask: { readonly body: Schemas['Billing'] }
    readonly answer: Schemas['Billing']
  }
  /** Tell what shall stand on my party’s invoices */
  readonly putPartyBilling: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] }; readonly body: Schemas['Billing'] }
    readonly answer: Schemas['Billing']
  }
  /** Everything this node knows of me */
  readonly exportAccount: { readonly ask: Record<never, never>; readonly answer: Schemas['PersonalData'] }
  /** Forget me */
  readonly eraseAccount: {
    readonly ask: { readonly body: { readonly confirm: 'erase my account' } }
    readonly answer: Schemas['Erasure']
  }
  /** List my favourite places */
  readonly listFavourites: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['Favourite'][] }
  }
  /** Make a place a favourite */
  readonly putFavourite: {
    readonly ask: { readonly params: { readonly locationId: string }; readonly body: { readonly label?: string } }
    readonly answer: undefined
  }
  /** No longer a favourite */
  readonly removeFavourite: {
    readonly ask: { readonly params: { readonly locationId: string } }
    readonly answer: undefined
  }
  /** List my vehicles */
  readonly listVehicles: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['Vehicle'][] }
  }
  /** Add a vehicle */
  readonly addVehicle: {
    readonly ask: {
      readonly body: {
        readonly name: string
        readonly plate?: string
        readonly batteryWh?: number
        readonly maxAcW?: number
        readonly maxDcW?: number
        readonly standards: readonly Schemas['ConnectorStandard'][]
        readonly usual?: boolean
      }
      readonly idempotencyKey?: string
    }
    readonly answer: Schemas['Vehicle']
  }
  /** Change a vehicle */
  readonly putVehicle: {
    readonly ask: {
      readonly params: { readonly vehicleId: string }
      readonly body: {
        readonly name: string
        readonly plate?: string
        readonly batteryWh?: number
        readonly maxAcW?: number
        readonly maxDcW?: number
        readonly standards: readonly Schemas['ConnectorStandard'][]
        readonly usual?: boolean
      }
    }
    readonly answer: Schemas['Vehicle']
  }
  /** Remove a vehicle */
  readonly removeVehicle: {
    readonly ask: { readonly params: { readonly vehicleId: string } }
    readonly answer: undefined
  }
  /** List which vehicle took which charge */
  readonly listVehicleChoices: {
    readonly ask: { readonly query?: { readonly limit?: string; readonly cursor?: string } }
    readonly answer: {
      readonly items: readonly { readonly sessionId: Schemas['Hash']; readonly vehicleId: string }[]
      readonly next?: string
    }
  }
  /** Say which vehicle took a charge */
  readonly putVehicleChoice: {
    readonly ask: {
      readonly params: { readonly sessionId: Schemas['SessionId'] }
      readonly body: { readonly vehicleId: string }
    }
    readonly answer: undefined
  }
  /** List my cards */
  readonly listCards: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['Card'][] }
  }
  /** Register a card of mine */
  readonly addCard: {
    readonly ask: { readonly body: { readonly uid: string; readonly label: string } }
    readonly answer: Schemas['Card']
  }
  /** Remove a card of mine */
  readonly removeCard: { readonly ask: { readonly params: { readonly cardId: string } }; readonly answer: undefined }
  /** Redeem a voucher */
  readonly redeemVoucher: {
    readonly ask: { readonly body: { readonly code: string } }
    readonly answer: Schemas['Redemption']
  }
  /** List who charges for nothing at my party’s plugs */
  readonly listFreeUsers: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['FreeUser'][] }
  }
  /** Let a card or driver charge for nothing at my party’s plugs */
  readonly putFreeUser: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly card?: string
        readonly driver?: Schemas['Address']
        readonly label: string
        readonly until?: Schemas['Time']
      }
    }
    readonly answer: Schemas['FreeUser']
  }
  /** Take a card or driver off that list */
  readonly removeFreeUser: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly freeUserId: string } }
    readonly answer: undefined
  }
  /** Make a voucher */
  readonly createVoucher: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly label: string
        readonly amountMicro: Schemas['AmountMicro']
        readonly uses?: number
        readonly until?: Schemas['Time']
      }
    }
    readonly answer: Schemas['NewVoucher']
  }
  /** List my party’s vouchers and what is due for them */
  readonly listVouchers: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: {
      readonly items: readonly Schemas['Voucher'][]
      readonly redemptions: readonly Schemas['Redemption'][]
    }
  }
  /** Prepare the deposits my party’s vouchers are worth */
  readonly prepareVoucherDeposits: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: Schemas['VoucherDeposits']
  }
  /** Revenue, energy, sessions, use and faults of my party over time */
  readonly getFigures: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query: {
        readonly from: Schemas['Time']
        readonly to: Schemas['Time']
        readonly step?: 'hour' | 'day' | 'month'
        readonly timeZone?: string
      }
    }
    readonly answer: Schemas['Figures']
  }
  /** List the sessions at my party’s plugs */
  readonly listPartySessions: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly query?: {
        readonly from?: Schemas['Time']
        readonly to?: Schemas['Time']
        readonly evseId?: string
        readonly limit?: string
        readonly cursor?: string
      }
    }
    readonly answer: { readonly items: readonly Schemas['PartySession'][]; readonly next?: string }
  }
  /** Prepare a withdrawal from the escrow */
  readonly preparePayout: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: { readonly amountMicro?: Schemas['AmountMicro']; readonly to?: Schemas['Address'] }
    }
    readonly answer: Schemas['Payout']
  }
  /** List payouts of my party */
  readonly listPayouts: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['PayoutEntry'][] }
  }
  /** Have events of my party posted to an address */
  readonly createWebhook: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party'] }
      readonly body: {
        readonly url: string
        readonly types: readonly ('session.state' | 'session.receipt' | 'session.warning' | 'catalogue.changed')[]
      }
    }
    readonly answer: Schemas['NewWebhook']
  }
  /** List my party’s webhooks */
  readonly listWebhooks: {
    readonly ask: { readonly params: { readonly party: Schemas['Party'] } }
    readonly answer: { readonly items: readonly Schemas['Webhook'][] }
  }
  /** Remove a webhook */
  readonly removeWebhook: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly webhookId: string } }
    readonly answer: undefined
  }
  /** See what was posted to a webhook */
  readonly listDeliveries: {
    readonly ask: { readonly params: { readonly party: Schemas['Party']; readonly webhookId: string } }
    readonly answer: { readonly items: readonly Schemas['Delivery'][] }
  }
  /** Post something again */
  readonly redeliver: {
    readonly ask: {
      readonly params: { readonly party: Schemas['Party']; readonly webhookId: string; readonly deliveryId: string }
    }
    readonly answer: undefined
  }
  /** What I was told */
  readonly listNotices: {
    readonly ask: { readonly query?: { readonly limit?: string; readonly cursor?: string } }
    readonly answer: Schemas['NoticePage']
  }
  /** I have read everything up to then */
  readonly readNotices: {
    readonly ask: { readonly body: { readonly until: Schemas['Time'] } }
    readonly answer: undefined
  }
  /** What comes how */
  readonly getNoticeSettings: { readonly ask: Record<never, never>; readonly answer: Schemas['NoticeSettings'] }
  /** Choose what comes how */
  readonly putNoticeSettings: {
    readonly ask: { readonly body: Schemas['NoticeSettings'] }
    readonly answer: Schemas['NoticeSettings']
  }
  /** The key browsers subscribe to pushes with */
  readonly getPushKey: { readonly ask: Record<never, never>; readonly answer: Schemas['PushKey'] }
  /** Devices that take my pushes */
  readonly listDevices: {
    readonly ask: Record<never, never>
    readonly answer: { readonly items: readonly Schemas['PushDevice'][] }
  }
  /** Take pushes on this device */
  readonly addDevice: {
    readonly ask: {
      readonly body:
        | {
            readonly kind: 'web'
            readonly endpoint: string
            readonly keys: { readonly p256dh: string; readonly auth: string }
          }
        | { readonly kind: 'expo'; readonly token: string }
    }
    readonly answer: Schemas['PushDevice']
  }
  /** No more pushes on a device */
  readonly removeDevice: {
    readonly ask: { readonly params: { readonly deviceId: string } }
    readonly answer: undefined
  }
  /** See my energy credit */
  readonly getCredit: { readonly ask: Record<never, never>; readonly answer: Schemas['Credit'] }
  /** List what came into my energy credit and what left it */
  readonly listCreditMoves: {
    readonly ask: { readonly query?: { readonly limit?: string; readonly cursor?: string } }
    readonly answer: Schemas['CreditMovePage']
  }
  /** Withdraw energy credit to a wallet */
  readonly withdrawCredit: {
    readonly ask: {
      readonly body: {
        readonly amountMicro: Schemas['AmountMicro']
        readonly to: Schemas['Address']
        readonly nonce: string
        readonly deadline: number
        readonly signature: Schemas['Signature']
      }
      readonly idempotencyKey?: string
    }
    readonly answer: Schemas['Withdrawal']
  }
  /** See what became of a withdrawal of mine */
  readonly getWithdrawal: {
    readonly ask: { readonly params: { readonly withdrawalId: Schemas['Hash'] } }
    readonly answer: Schemas['Withdrawal']
  }
  /** Get test euro as energy credit (local chains only) */
  readonly requestTestEuro: {
    readonly ask: { readonly body: { readonly amountMicro: Schemas['AmountMicro'] }; readonly idempotencyKey?: string }
    readonly answer: Schemas['FaucetAnswer']
  }
  /** See the chain this node settles on */
  readonly getNetwork: { readonly ask: Record<never, never>; readonly answer: Schemas['Network'] }
}

/** Where each operation is. */
export const doors = {
  discover: { method: 'GET', path: '/v1', answer: 'json' },
  getOpenApi: { method: 'GET', path: '/openapi.json', answer: 'json' },
  createSiweNonce: { method: 'POST', path: '/auth/siwe/nonce', answer: 'json' },
  signInWithWallet: { method: 'POST', path: '/auth/siwe', answer: 'json' },
  signUpByEmail: { method: 'POST', path: '/auth/email/signup', answer: 'none' },
  verifyEmail: { method: 'POST', path: '/auth/email/verify', answer: 'json' },
  signInByEmail: { method: 'POST', path: '/auth/email', answer: 'json' },
  forgotPassword: { method: 'POST', path: '/auth/email/forgot', answer: 'none' },
  resetPassword: { method: 'POST', path: '/auth/email/reset', answer: 'json' },
  getSignInScript: { method: 'GET', path: '/auth/sign-in.js', answer: 'text' },
  createPasskeyChallenge: { method: 'POST', path: '/auth/passkeys/options', answer: 'json' },
  signInWithPasskey: { method: 'POST', path: '/auth/passkeys', answer: 'json' },
  createPasskeyRegistration: { method: 'POST', path: '/v1/account/passkeys/options', answer: 'json' },
  addPasskey: { method: 'POST', path: '/v1/account/passkeys', answer: 'json' },
  listPasskeys: { method: 'GET', path: '/v1/account/passkeys', answer: 'json' },
  removePasskey: { method: 'DELETE', path: '/v1/account/passkeys/{passkeyId}', answer: 'none' },
  addEmail: { method: 'POST', path: '/v1/account/emails', answer: 'none' },
  listIdentities: { method: 'GET', path: '/v1/account/identities', answer: 'json' },
  removeIdentity: { method: 'DELETE', path: '/v1/account/identities/{identityId}', answer: 'none' },
  refreshLogin: { method: 'POST', path: '/auth/refresh', answer: 'json' },
  signOut: { method: 'POST', path: '/auth/signout', answer: 'none' },
  getAccount: { method: 'GET', path: '/v1/account', answer: 'json' },
  listLogins: { method: 'GET', path: '/v1/account/logins', answer: 'json' },
  revokeLogin: { method: 'DELETE', path: '/v1/account/logins/{loginId}', answer: 'none' },
  linkWallet: { method: 'POST', path: '/v1/account/wallets', answer: 'json' },
  unlinkWallet: { method: 'DELETE', path: '/v1/account/wallets/{address}', answer: 'none' },
  actForParty: { method: 'PUT', path: '/v1/account/party', answer: 'none' },
  createParty: { method: 'POST', path: '/v1/parties', answer: 'json' },
  listParties: { method: 'GET', path: '/v1/parties', answer: 'json' },
  listMembers: { method: 'GET', path: '/v1/parties/{party}/members', answer: 'json' },
  putMember: { method: 'PUT', path: '/v1/parties/{party}/members/{address}', answer: 'json' },
  removeMember: { method: 'DELETE', path: '/v1/parties/{party}/members/{address}', answer: 'none' },
  createKey: { method: 'POST', path: '/v1/parties/{party}/keys', answer: 'json' },
  listKeys: { method: 'GET', path: '/v1/parties/{party}/keys', answer: 'json' },
  revokeKey: { method: 'DELETE', path: '/v1/parties/{party}/keys/{keyId}', answer: 'none' },
  createSystemClient: { method: 'POST', path: '/v1/parties/{party}/clients', answer: 'json' },
  listSystemClients: { method: 'GET', path: '/v1/parties/{party}/clients', answer: 'json' },
  revokeSystemClient: { method: 'DELETE', path: '/v1/parties/{party}/clients/{clientId}', answer: 'none' },
  listAudit: { method: 'GET', path: '/v1/parties/{party}/audit', answer: 'json' },
  listLocations: { method: 'GET', path: '/v1/locations', answer: 'json' },
  getLocation: { method: 'GET', path: '/v1/locations/{locationId}', answer: 'json' },
  getEvse: { method: 'GET', path: '/v1/evses/{evseId}', answer: 'json' },
  getTile: { method: 'GET', path: '/v1/tiles/{z}/{x}/{y}', answer: 'bytes' },
  putLocation: { method: 'PUT', path: '/v1/parties/{party}/locations/{locationId}', answer: 'json' },
  removeLocation: { method: 'DELETE', path: '/v1/parties/{party}/locations/{locationId}', answer: 'none' },
  putTariff: { method: 'PUT', path: '/v1/parties/{party}/tariffs/{tariffId}', answer: 'json' },
  removeTariff: { method: 'DELETE', path: '/v1/parties/{party}/tariffs/{tariffId}', answer: 'none' },
  listTariffs: { method: 'GET', path: '/v1/parties/{party}/tariffs', answer: 'json' },
  getPriceCurve: { method: 'POST', path: '/v1/tariffs/curve', answer: 'json' },
  getEvseSticker: { method: 'GET', path: '/v1/evses/{evseId}/sticker.pdf', answer: 'bytes' },
  listUnplacedPlugs: { method: 'GET', path: '/v1/parties/{party}/unplaced-plugs', answer: 'json' },
  importLocations: { method: 'POST', path: '/v1/parties/{party}/locations/import', answer: 'json', media: 'text/csv' },
  addPhoto: {
    method: 'POST',
    path: '/v1/parties/{party}/locations/{locationId}/photos',
    answer: 'json',
    media: 'image/jpeg',
  },
  removePhoto: {
    method: 'DELETE',
    path: '/v1/parties/{party}/locations/{locationId}/photos/{photoId}',
    answer: 'none',
  },
  getPhoto: { method: 'GET', path: '/v1/photos/{photoId}', answer: 'bytes' },
  prepareRegistration: { method: 'POST', path: '/v1/parties/{party}/evses/{evseId}/registration', answer: 'json' },
  getEvseQr: { method: 'GET', path: '/v1/evses/{evseId}/qr.svg', answer: 'text' },
  exportIrveStatic: { method: 'GET', path: '/v1/parties/{party}/irve-statique.csv', answer: 'text' },
  exportIrveDynamic: { method: 'GET', path: '/v1/parties/{party}/irve-dynamique.csv', answer: 'text' },
  importIrveStatus: { method: 'POST', path: '/v1/irve/status', answer: 'json', media: 'text/csv' },
  listRoamingPartners: { method: 'GET', path: '/v1/parties/{party}/roaming/partners', answer: 'json' },
  addRoamingPartner: { method: 'POST', path: '/v1/parties/{party}/roaming/partners', answer: 'json' },
  inviteRoamingPartner: { method: 'POST', path: '/v1/parties/{party}/roaming/invitations', answer: 'json' },
  getRoamingPartner: { method: 'GET', path: '/v1/parties/{party}/roaming/partners/{partnerId}', answer: 'json' },
  removeRoamingPartner: { method: 'DELETE', path: '/v1/parties/{party}/roaming/partners/{partnerId}', answer: 'none' },
  testRoamingPartner: { method: 'POST', path: '/v1/parties/{party}/roaming/partners/{partnerId}/test', answer: 'json' },
  checkRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/check',
    answer: 'json',
  },
  resendToRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/resend',
    answer: 'json',
  },
  pauseRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/pause',
    answer: 'json',
  },
  rotateRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/rotate',
    answer: 'json',
  },
  getRoamingStatement: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/statement',
    answer: 'json',
  },
  closeRoamingStatement: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/statement',
    answer: 'json',
  },
  listRoamingTerminals: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/terminals',
    answer: 'json',
  },
  activateRoamingTerminal: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/terminals',
    answer: 'none',
  },
  assignRoamingTerminal: {
    method: 'PUT',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/terminals/{terminalId}',
    answer: 'none',
  },
  deactivateRoamingTerminal: {
    method: 'DELETE',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/terminals/{terminalId}',
    answer: 'none',
  },
  listRoamingBookable: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/bookable',
    answer: 'json',
  },
  listRoamingBookings: {
    method: 'GET',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/bookings',
    answer: 'json',
  },
  bookAtRoamingPartner: {
    method: 'POST',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/bookings',
    answer: 'json',
  },
  cancelRoamingBooking: {
    method: 'DELETE',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/bookings/{requestId}',
    answer: 'json',
  },
  preferAtRoamingPartner: {
    method: 'PUT',
    path: '/v1/parties/{party}/roaming/partners/{partnerId}/sessions/{sessionId}/preferences',
    answer: 'json',
  },
  offerRoamingBooking: { method: 'PUT', path: '/v1/parties/{party}/roaming/bookable/{bookableId}', answer: 'json' },
  pullRoamingPartner: { method: 'POST', path: '/v1/parties/{party}/roaming/partners/{partnerId}/pull', answer: 'json' },
  listPlugFamilies: { method: 'GET', path: '/v1/plug-families', answer: 'json' },
  putPlugFamily: { method: 'POST', path: '/v1/plug-families', answer: 'json' },
  addPlugObserver: { method: 'POST', path: '/v1/plug-observers', answer: 'json' },
  recordPlug: { method: 'POST', path: '/v1/parties/{party}/plug-recordings', answer: 'json' },
  getPlugRecording: { method: 'GET', path: '/v1/parties/{party}/plug-recordings/{recordingId}', answer: 'json' },
  addPlug: { method: 'POST', path: '/v1/parties/{party}/plugs', answer: 'json' },
  listPlugs: { method: 'GET', path: '/v1/parties/{party}/plugs', answer: 'json' },
  getPlug: { method: 'GET', path: '/v1/parties/{party}/plugs/{plugId}', answer: 'json' },
  removePlug: { method: 'DELETE', path: '/v1/parties/{party}/plugs/{plugId}', answer: 'none' },
  rekeyPlug: { method: 'POST', path: '/v1/parties/{party}/plugs/{plugId}/rekey', answer: 'json' },
  listPlugReadings: { method: 'GET', path: '/v1/parties/{party}/plugs/{plugId}/readings', answer: 'json' },
  listPlugAlarms: { method: 'GET', path: '/v1/parties/{party}/plug-alarms', answer: 'json' },
  listOwnPlugFamilies: { method: 'GET', path: '/v1/parties/{party}/plug-families', answer: 'json' },
  putOwnPlugFamily: { method: 'PUT', path: '/v1/parties/{party}/plug-families/{family}', answer: 'json' },
  removeOwnPlugFamily: { method: 'DELETE', path: '/v1/parties/{party}/plug-families/{family}', answer: 'none' },
  listStations: { method: 'GET', path: '/v1/parties/{party}/stations', answer: 'json' },
  registerStation: { method: 'POST', path: '/v1/parties/{party}/stations', answer: 'json' },
  getStation: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}', answer: 'json' },
  changeStation: { method: 'PATCH', path: '/v1/parties/{party}/stations/{stationId}', answer: 'json' },
  removeStation: { method: 'DELETE', path: '/v1/parties/{party}/stations/{stationId}', answer: 'none' },
  rekeyStation: { method: 'POST', path: '/v1/parties/{party}/stations/{stationId}/rekey', answer: 'json' },
  sendToStation: { method: 'POST', path: '/v1/parties/{party}/stations/{stationId}/commands', answer: 'json' },
  listQueuedStationCommands: {
    method: 'GET',
    path: '/v1/parties/{party}/stations/{stationId}/commands',
    answer: 'json',
  },
  withdrawStationCommand: {
    method: 'DELETE',
    path: '/v1/parties/{party}/stations/{stationId}/commands/{commandId}',
    answer: 'none',
  },
  listStationMessages: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}/messages', answer: 'json' },
  exportStationMessages: {
    method: 'GET',
    path: '/v1/parties/{party}/stations/{stationId}/messages.ndjson',
    answer: 'text',
  },
  listStationSettings: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}/settings', answer: 'json' },
  putStationSetting: { method: 'POST', path: '/v1/parties/{party}/stations/{stationId}/settings', answer: 'json' },
  readStationSettings: {
    method: 'POST',
    path: '/v1/parties/{party}/stations/{stationId}/settings/read',
    answer: 'json',
  },
  listStationFacts: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}/facts/{kind}', answer: 'json' },
  listStationTransactions: {
    method: 'GET',
    path: '/v1/parties/{party}/stations/{stationId}/transactions',
    answer: 'json',
  },
  getStationSignedValues: {
    method: 'GET',
    path: '/v1/parties/{party}/stations/{stationId}/transactions/{transactionId}/signed-values',
    answer: 'json',
  },
  listStationOrphans: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}/orphans', answer: 'json' },
  listStationDeviations: { method: 'GET', path: '/v1/parties/{party}/stations/{stationId}/deviations', answer: 'json' },
  askStationLog: { method: 'POST', path: '/v1/parties/{party}/stations/{stationId}/logs', answer: 'json' },
  getStationLog: { method: 'GET', path: '/v1/parties/{party}/station-logs/{fileId}', answer: 'bytes' },
  putFirmware: {
    method: 'PUT',
    path: '/v1/parties/{party}/firmware/{firmwareId}',
    answer: 'json',
    media: 'application/octet-stream',
  },
  beginFirmwareCampaign: { method: 'POST', path: '/v1/parties/{party}/firmware-campaigns', answer: 'json' },
  listFirmwareCampaigns: { method: 'GET', path: '/v1/parties/{party}/firmware-campaigns', answer: 'json' },
  getFirmwareCampaign: { method: 'GET', path: '/v1/parties/{party}/firmware-campaigns/{campaignId}', answer: 'json' },
  pauseFirmwareCampaign: {
    method: 'POST',
    path: '/v1/parties/{party}/firmware-campaigns/{campaignId}/pause',
    answer: 'json',
  },
  listStationSites: { method: 'GET', path: '/v1/parties/{party}/station-sites', answer: 'json' },
  getStationSite: { method: 'GET', path: '/v1/parties/{party}/station-sites/{siteId}', answer: 'json' },
  putStationSite: { method: 'PUT', path: '/v1/parties/{party}/station-sites/{siteId}', answer: 'json' },
  removeStationSite: { method: 'DELETE', path: '/v1/parties/{party}/station-sites/{siteId}', answer: 'json' },
  putDepartureTarget: { method: 'POST', path: '/v1/parties/{party}/station-sites/{siteId}/targets', answer: 'json' },
  createQuote: { method: 'POST', path: '/v1/quotes', answer: 'json' },
  openSession: { method: 'POST', path: '/v1/sessions', answer: 'json' },
  listSessions: { method: 'GET', path: '/v1/sessions', answer: 'json' },
  getSession: { method: 'GET', path: '/v1/sessions/{sessionId}', answer: 'json' },
  stopSession: { method: 'POST', path: '/v1/sessions/{sessionId}/stop', answer: 'json' },
  cosignSession: { method: 'POST', path: '/v1/sessions/{sessionId}/cosign', answer: 'json' },
  topUpSession: { method: 'POST', path: '/v1/sessions/{sessionId}/topup', answer: 'json' },
  getReceipt: { method: 'GET', path: '/v1/receipts/{sessionId}', answer: 'json' },
  disputeSession: { method: 'POST', path: '/v1/sessions/{sessionId}/dispute', answer: 'json' },
  getReceiptPdf: { method: 'GET', path: '/v1/sessions/{sessionId}/receipt.pdf', answer: 'bytes' },
  getSignedReadings: { method: 'GET', path: '/v1/sessions/{sessionId}/signed-readings.xml', answer: 'text' },
  exportCharges: { method: 'GET', path: '/v1/exports/charges.csv', answer: 'text' },
  createInvoice: { method: 'POST', path: '/v1/invoices', answer: 'json' },
  listDocuments: { method: 'GET', path: '/v1/documents', answer: 'json' },
  linkDocument: { method: 'POST', path: '/v1/documents/{sha256}/link', answer: 'json' },
  getBlob: { method: 'GET', path: '/v1/blobs/{blobKey}', answer: 'bytes' },
  putBlob: { method: 'PUT', path: '/v1/blobs/{blobKey}', answer: 'none', media: 'application/octet-stream' },
  getDocument: { method: 'GET', path: '/v1/documents/{sha256}', answer: 'bytes' },
  getAccountBilling: { method: 'GET', path: '/v1/account/billing', answer: 'json' },
  putAccountBilling: { method: 'PUT', path: '/v1/account/billing', answer: 'json' },
  putPartyBilling: { method: 'PUT', path: '/v1/parties/{party}/billing', answer: 'json' },
  exportAccount: { method: 'GET', path: '/v1/account/export', answer: 'json' },
  eraseAccount: { method: 'POST', path: '/v1/account/erasure', answer: 'json' },
  listFavourites: { method: 'GET', path: '/v1/account/favourites', answer: 'json' },
  putFavourite: { method: 'PUT', path: '/v1/account/favourites/{locationId}', answer: 'none' },
  removeFavourite: { method: 'DELETE', path: '/v1/account/favourites/{locationId}', answer: 'none' },
  listVehicles: { method: 'GET', path: '/v1/account/vehicles', answer: 'json' },
  addVehicle: { method: 'POST', path: '/v1/account/vehicles', answer: 'json' },
  putVehicle: { method: 'PUT', path: '/v1/account/vehicles/{vehicleId}', answer: 'json' },
  removeVehicle: { method: 'DELETE', path: '/v1/account/vehicles/{vehicleId}', answer: 'none' },
  listVehicleChoices: { method: 'GET', path: '/v1/account/vehicle-choices', answer: 'json' },
  putVehicleChoice: { method: 'PUT', path: '/v1/account/vehicle-choices/{sessionId}', answer: 'none' },
  listCards: { method: 'GET', path: '/v1/account/cards', answer: 'json' },
  addCard: { method: 'POST', path: '/v1/account/cards', answer: 'json' },
  removeCard: { method: 'DELETE', path: '/v1/account/cards/{cardId}', answer: 'none' },
  redeemVoucher: { method: 'POST', path: '/v1/account/vouchers', answer: 'json' },
  listFreeUsers: { method: 'GET', path: '/v1/parties/{party}/free-users', answer: 'json' },
  putFreeUser: { method: 'POST', path: '/v1/parties/{party}/free-users', answer: 'json' },
  removeFreeUser: { method: 'DELETE', path: '/v1/parties/{party}/free-users/{freeUserId}', answer: 'none' },
  createVoucher: { method: 'POST', path: '/v1/parties/{party}/vouchers', answer: 'json' },
  listVouchers: { method: 'GET', path: '/v1/parties/{party}/vouchers', answer: 'json' },
  prepareVoucherDeposits: { method: 'POST', path: '/v1/parties/{party}/vouchers/deposits', answer: 'json' },
  getFigures: { method: 'GET', path: '/v1/parties/{party}/figures', answer: 'json' },
  listPartySessions: { method: 'GET', path: '/v1/parties/{party}/sessions', answer: 'json' },
  preparePayout: { method: 'POST', path: '/v1/parties/{party}/payout', answer: 'json' },
  listPayouts: { method: 'GET', path: '/v1/parties/{party}/payouts', answer: 'json' },
  createWebhook: { method: 'POST', path: '/v1/parties/{party}/webhooks', answer: 'json' },
  listWebhooks: { method: 'GET', path: '/v1/parties/{party}/webhooks', answer: 'json' },
  removeWebhook: { method: 'DELETE', path: '/v1/parties/{party}/webhooks/{webhookId}', answer: 'none' },
  listDeliveries: { method: 'GET', path: '/v1/parties/{party}/webhooks/{webhookId}/deliveries', answer: 'json' },
  redeliver: {
    method: 'POST',
    path: '/v1/parties/{party}/webhooks/{webhookId}/deliveries/{deliveryId}',
    answer: 'none',
  },
  listNotices: { method: 'GET', path: '/v1/account/notices', answer: 'json' },
  readNotices: { method: 'POST', path: '/v1/account/notices/read', answer: 'none' },
  getNoticeSettings: { method: 'GET', path: '/v1/account/notices/settings', answer: 'json' },
  putNoticeSettings: { method: 'PUT', path: '/v1/account/notices/settings', answer: 'json' },
  getPushKey: { method: 'GET', path: '/v1/push/key', answer: 'json' },
  listDevices: { method: 'GET', path: '/v1/account/devices', answer: 'json' },
  addDevice: { method: 'POST', path: '/v1/account/devices', answer: 'json' },
  removeDevice: { method: 'DELETE', path: '/v1/account/devices/{deviceId}', answer: 'none' },
  getCredit: { method: 'GET', path: '/v1/credit', answer: 'json' },
  listCreditMoves: { method: 'GET', path: '/v1/credit/movements', answer: 'json' },
  withdrawCredit: { method: 'POST', path: '/v1/credit/withdrawals', answer: 'json' },
  getWithdrawal: { method: 'GET', path: '/v1/credit/withdrawals/{withdrawalId}', answer: 'json' },
  requestTestEuro: { method: 'POST', path: '/v1/faucet', answer: 'json' },
  getNetwork: { method: 'GET', path: '/v1/network', answer: 'json' },
} as const
