/** What each refusal means to the person who meets it, by the custom error's name. */
export const sentencesEn = {
  AmountAboveLimit: {
    title: 'The amount is more than this session allows',
    todo: 'Use an amount no larger than what is held or was proposed; a top-up raises the limit while charging.',
  },
  AmountAboveTariff: {
    title: 'The receipt asks for more than the agreed prices allow',
    todo: 'The operator must issue a receipt within the agreed prices.',
  },
  AmountBelowUndisputed: {
    title: 'The receipt asks for less than was already paid',
    todo: 'Agree on an amount of at least the undisputed part.',
  },
  AmountTooLarge: {
    title: 'The amount is larger than the contract can hold',
    todo: 'Enter a smaller amount, in micro-euro.',
  },
  BadBatchSize: {
    title: 'A batch holds 1 to 100 items',
    todo: 'Split the batch.',
  },
  BadDelegate: {
    title: 'This account cannot be made a delegate',
    todo: 'Name an account other than the owner, who has every power already.',
  },
  BadEvseId: {
    title: 'This is not a valid EVSE id',
    todo: 'Write it like FR*WRN*E000001: country, party, E, then letters and digits.',
  },
  BadExpiry: {
    title: 'The delegation would have expired already',
    todo: 'Choose an expiry in the future.',
  },
  BadMeterKey: {
    title: 'The meter key is neither an account without code nor a P-256 key of the known verifier',
    todo: 'Register 20 bytes (account address) or 84 bytes (verifier, x, y).',
  },
  BadMeterSignature: {
    title: 'A meter record was not signed by the meter key',
    todo: 'Send the record with the meter’s own signature (P-256: r and s, with s in the lower half).',
  },
  BadNonce: {
    title: 'This withdrawal was used already or comes out of order',
    todo: 'Sign it again with the account’s current withdrawal number.',
  },
  BadParty: {
    title: 'This is not an OCPI party',
    todo: 'Use two letters for the country and three letters or digits, in upper case, like FRWRN.',
  },
  BadPosition: {
    title: 'The position is not on Earth',
    todo: 'Give latitude and longitude in degrees times ten million.',
  },
  BadScopes: {
    title: 'The delegate’s powers are not known',
    todo: 'Choose among QUOTE, RECEIPT, CANCEL, EVSE, METER and PAY; to take all away, remove the delegate.',
  },
  BadSignature: {
    title: 'A signature is missing or belongs to someone else',
    todo: 'Sign again with the account named in the agreement, on this network.',
  },
  BadValidity: {
    title: 'A standing offer may last at most 30 days',
    todo: 'Choose an end between now and 30 days ahead.',
  },
  BondTooLarge: {
    title: 'The dispute bond is too large',
    todo: 'It may be at most 5 % of the deposit and at most 2 euro.',
  },
  ConnectorLocked: {
    title: 'You already have a session on this connector',
    todo: 'End that session first, or wait until it is settled.',
  },
  ConsentMissing: {
    title: 'The operator has not agreed to this session',
    todo: 'Ask for a quote, or give the plug’s standing offer.',
  },
  DailyCapExceeded: {
    title: 'The delegate’s limit for today is used up',
    todo: 'Let the operator’s owner sign, or wait until tomorrow (UTC).',
  },
  DisputeWindowOutOfRange: {
    title: 'The time for disputes must be between 1 hour and 7 days',
    todo: 'Ask for a new quote.',
  },
  ECDSAInvalidSignature: {
    title: 'The signature is malformed',
    todo: 'Sign again.',
  },
  ECDSAInvalidSignatureLength: {
    title: 'The signature has a wrong length',
    todo: 'Sign again; an account’s signature has 65 bytes.',
  },
  ECDSAInvalidSignatureS: {
    title: 'The signature is in a form that is not accepted',
    todo: 'Sign again with a current wallet.',
  },
  ERC20InsufficientAllowance: {
    title: 'The escrow may not take that much from your wallet',
    todo: 'Approve at least the deposit, then try again.',
  },
  ERC20InsufficientBalance: {
    title: 'Your wallet does not hold enough euro tokens',
    todo: 'Add funds or choose a smaller deposit.',
  },
  ERC20InvalidApprover: { title: 'The token refused this account', todo: 'Use another account.' },
  ERC20InvalidReceiver: { title: 'The token refused this receiver', todo: 'Choose another receiver.' },
  ERC20InvalidSender: { title: 'The token refused this sender', todo: 'Use another account.' },
  ERC20InvalidSpender: { title: 'The token refused this spender', todo: 'Approve the escrow itself.' },
  ERC2612ExpiredSignature: { title: 'The permit has expired', todo: 'Sign a new permit.' },
  ERC2612InvalidSigner: { title: 'The permit was signed by another account', todo: 'Sign it with the paying account.' },
  ERC3009InvalidAuthorizationTime: {
    title: 'The payment authorisation has expired',
    todo: 'Ask for a new quote and sign again.',
  },
  ERC3009InvalidSignature: {
    title: 'The payment authorisation was not signed by the driver for exactly these terms',
    todo: 'Sign the terms that were shown, with the paying account.',
  },
  ERC3009UsedAuthorization: {
    title: 'This payment authorisation was used or cancelled already',
    todo: 'Look whether the session is open; else ask for a new quote.',
  },
  EvseExists: {
    title: 'This EVSE is registered already',
    todo: 'Change its listing instead of registering it again.',
  },
  EvseInactive: {
    title: 'This plug is closed at the moment',
    todo: 'Choose another plug, or ask the operator for a quote.',
  },
  EvseUnknown: {
    title: 'This operator has no such plug',
    todo: 'Check the EVSE id and the operator; scan the QR code again.',
  },
  ForeignEvse: {
    title: 'This EVSE id belongs to another party',
    todo: 'Register only ids that begin with your own party.',
  },
  GasTooLow: {
    title: 'Too little gas was sent along',
    todo: 'Send again with a higher gas limit.',
  },
  Implausible: {
    title: 'The readings cannot be true',
    todo: 'Registers, times or power contradict each other; the operator must correct the receipt.',
  },
  InsufficientCredit: {
    title: 'There is not enough energy credit',
    todo: 'Deposit more credit or choose a smaller amount.',
  },
  InvalidAccountNonce: { title: 'The permit was used already', todo: 'Sign a new permit.' },
  InvalidRecipient: {
    title: 'Credit cannot be sent to the escrow itself',
    todo: 'Choose one of your own accounts.',
  },
  InvalidShortString: { title: 'The contract met malformed text', todo: 'Report this; it should not happen.' },
  MeterKeyCompromised: {
    title: 'The operator flagged this meter key as compromised',
    todo: 'Settle with both signatures, or without dispute; its records prove nothing any more.',
  },
  MeterKeyMissing: {
    title: 'These terms name no meter key',
    todo: 'Ask for a new quote; a paid session always pins a meter key.',
  },
  MeterKeyTooSoon: {
    title: 'A new meter key counts from 24 hours ahead at the earliest',
    todo: 'Choose a later start.',
  },
  NoPayoutPending: {
    title: 'No payout change is waiting',
    todo: 'It was called off or has come into force; propose a new one.',
  },
  NoReason: {
    title: 'The call failed without a reason',
    todo: 'It most likely ran out of gas; send it on its own with a higher gas limit.',
  },
  NotAnIncrease: {
    title: 'The session already holds that much',
    todo: 'Choose a new limit above what is held.',
  },
  NotAuthorised: {
    title: 'This account may not do that for the operator',
    todo: 'Use the owner’s account, or have the owner give this account the power (and look at its expiry).',
  },
  NotDriver: {
    title: 'Only the driver can do this',
    todo: 'Send it from the account named as driver, or use the driver’s signature.',
  },
  NotOwner: {
    title: 'Only the operator’s owner can do this',
    todo: 'Use the owner’s account.',
  },
  NotPendingOwner: {
    title: 'The operator was not offered to this account',
    todo: 'Have the owner offer it first.',
  },
  NotTheProposal: {
    title: 'This is not the receipt that was proposed',
    todo: 'Send the proposed receipt unchanged.',
  },
  NotUnderRoot: {
    title: 'The meter record does not belong to the receipt',
    todo: 'Send the record with its path under the receipt’s meterRoot.',
  },
  OfferExpired: {
    title: 'The plug’s standing offer has expired',
    todo: 'Ask the operator for a quote, or choose another plug.',
  },
  OfferMismatch: {
    title: 'The plug’s standing offer has changed',
    todo: 'Load the present offer, look at the price and sign again.',
  },
  OfferMissing: {
    title: 'This plug has no standing offer',
    todo: 'Ask the operator for a quote.',
  },
  OnlySelf: { title: 'Only the contract itself calls this', todo: 'Use settleBatch or acknowledgeStartBatch.' },
  OpenByTooFar: {
    title: 'A session by standing offer must be opened within 15 minutes',
    todo: 'Choose an expiry at most 15 minutes ahead and sign again.',
  },
  OperatorExists: { title: 'You registered this operator already', todo: 'Use the operator you have.' },
  OperatorUnknown: { title: 'This operator does not exist', todo: 'Check the operator id; scan the QR code again.' },
  PayeeMismatch: {
    title: 'The terms pay someone other than the operator',
    todo: 'Do not sign. Ask for a new quote; if it happens again, avoid this plug.',
  },
  PeriodOutOfOrder: {
    title: 'The statement’s period overlaps the last one',
    todo: 'Begin the period where the last one ended.',
  },
  QuoteExpired: {
    title: 'The quote has expired',
    todo: 'Ask for a new quote and sign again.',
  },
  ReceivedAmountMismatch: {
    title: 'The token moved another amount than agreed',
    todo: 'Tokens that take a fee cannot be used; choose another token.',
  },
  ReentrancyGuardReentrantCall: { title: 'The call was made from within another', todo: 'Send it on its own.' },
  SafeCastOverflowedUintDowncast: { title: 'A number is too large', todo: 'Use a smaller number.' },
  SafeERC20FailedOperation: {
    title: 'The token refused the transfer',
    todo: 'Look at balance and allowance; the issuer may have blocked an account. For a withdrawal, name another receiver.',
  },
  SessionKeyNotAllowed: {
    title: 'The session key belongs to the operator',
    todo: 'Do not sign. Let your own device make the session key.',
  },
  SettleByOutOfRange: {
    title: 'The time to settle must end 24 hours to 30 days ahead',
    todo: 'Ask for a new quote.',
  },
  SignatureExpired: {
    title: 'The signature’s deadline has passed',
    todo: 'Sign again.',
  },
  SourceMismatch: {
    title: 'These terms are paid from another source',
    todo: 'Open them in the way the terms say: credit, allowance or authorisation.',
  },
  StartByOutOfRange: {
    title: 'The start must lie within 24 hours of the quote’s expiry',
    todo: 'Ask for a new quote.',
  },
  StatementOutOfOrder: {
    title: 'This statement is not the next one',
    todo: 'Number it one above the last paid statement.',
  },
  StringTooLong: { title: 'A text is too long', todo: 'Use a shorter one.' },
  TermsOutsideOffer: {
    title: 'The terms differ from the plug’s standing offer',
    todo: 'Take prices, times and limits from the offer as it stands.',
  },
  TokenNotAccepted: {
    title: 'The escrow does not accept this token',
    todo: 'Pay with one of the accepted euro tokens.',
  },
  TokenRefused: {
    title: 'The token refused the payment',
    todo: 'Look at balance, allowance and the authorisation’s expiry, then try again.',
  },
  TooEarly: { title: 'It is too early for this', todo: 'Wait until the time named, then try again.' },
  TooLate: { title: 'The time for this has passed', todo: 'Look at the session: the next step may be open to anyone.' },
  UnsupportedToken: {
    title: 'This token cannot be used by an escrow',
    todo: 'Name each token once; it must exist and have 6 decimals.',
  },
  WrongMeterKey: {
    title: 'This is not the meter key of the session',
    todo: 'Use the key that was in force when the session was agreed.',
  },
  WrongRecordKind: {
    title: 'The meter record is of another kind',
    todo: 'A proof needs one START and one END record.',
  },
  WrongSession: { title: 'This belongs to another session', todo: 'Use the receipt and records of this session.' },
  WrongStatus: {
    title: 'The session’s state does not allow this',
    todo: 'Look at the session: it may not be open yet, or be settled already.',
  },
  ZeroAddress: { title: 'An account address is missing', todo: 'Name the account.' },
  ZeroAmount: { title: 'The amount is zero', todo: 'Enter an amount above zero.' },
} as const
