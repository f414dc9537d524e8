// Made from src/ChargeEscrow.sol by contracts/tools/build.ts; do not edit.
export const chargeEscrowAbi = [
 {
  "inputs": [
   {
    "internalType": "contract IEvidenceRules",
    "name": "evidence",
    "type": "address"
   },
   {
    "internalType": "address[]",
    "name": "accepted",
    "type": "address[]"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "limit",
    "type": "uint256"
   }
  ],
  "name": "AmountAboveLimit",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "bound",
    "type": "uint256"
   }
  ],
  "name": "AmountAboveTariff",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "undisputed",
    "type": "uint256"
   }
  ],
  "name": "AmountBelowUndisputed",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "AmountTooLarge",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "size",
    "type": "uint256"
   }
  ],
  "name": "BadBatchSize",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "expected",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "given",
    "type": "uint256"
   }
  ],
  "name": "BadNonce",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "BadSignature",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "disputeBond",
    "type": "uint256"
   }
  ],
  "name": "BondTooLarge",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "ConnectorLocked",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ConsentMissing",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "cap",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "spent",
    "type": "uint256"
   }
  ],
  "name": "DailyCapExceeded",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "disputeWindow",
    "type": "uint256"
   }
  ],
  "name": "DisputeWindowOutOfRange",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "GasTooLow",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "Implausible",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "available",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "needed",
    "type": "uint256"
   }
  ],
  "name": "InsufficientCredit",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "to",
    "type": "address"
   }
  ],
  "name": "InvalidRecipient",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "InvalidShortString",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "MeterKeyMissing",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "held",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "newMax",
    "type": "uint256"
   }
  ],
  "name": "NotAnIncrease",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "internalType": "uint8",
    "name": "scopes",
    "type": "uint8"
   }
  ],
  "name": "NotAuthorised",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "NotDriver",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "expected",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "given",
    "type": "bytes32"
   }
  ],
  "name": "NotTheProposal",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "OnlySelf",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   }
  ],
  "name": "OperatorUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "lastPeriodEnd",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "periodStart",
    "type": "uint256"
   }
  ],
  "name": "PeriodOutOfOrder",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "openBy",
    "type": "uint256"
   }
  ],
  "name": "QuoteExpired",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "expected",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "received",
    "type": "uint256"
   }
  ],
  "name": "ReceivedAmountMismatch",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ReentrancyGuardReentrantCall",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "SafeERC20FailedOperation",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "sessionKey",
    "type": "address"
   }
  ],
  "name": "SessionKeyNotAllowed",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "settleBy",
    "type": "uint256"
   }
  ],
  "name": "SettleByOutOfRange",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   }
  ],
  "name": "SignatureExpired",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "enum Source",
    "name": "given",
    "type": "uint8"
   }
  ],
  "name": "SourceMismatch",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "startBy",
    "type": "uint256"
   }
  ],
  "name": "StartByOutOfRange",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "expected",
    "type": "uint256"
   },
   {
    "internalType": "uint256",
    "name": "given",
    "type": "uint256"
   }
  ],
  "name": "StatementOutOfOrder",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "string",
    "name": "str",
    "type": "string"
   }
  ],
  "name": "StringTooLong",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "TokenNotAccepted",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "notBefore",
    "type": "uint256"
   }
  ],
  "name": "TooEarly",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "deadline",
    "type": "uint256"
   }
  ],
  "name": "TooLate",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "UnsupportedToken",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "expected",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "given",
    "type": "bytes32"
   }
  ],
  "name": "WrongSession",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "enum Status",
    "name": "status",
    "type": "uint8"
   }
  ],
  "name": "WrongStatus",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroAddress",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroAmount",
  "type": "error"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "cancelAt",
    "type": "uint48"
   }
  ],
  "name": "CancelRequested",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "from",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "CreditDeposited",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "to",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "CreditWithdrawn",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [],
  "name": "EIP712DomainChanged",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes4",
    "name": "reason",
    "type": "bytes4"
   }
  ],
  "name": "ItemSkipped",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "RefundKeptAsCredit",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "returned",
    "type": "uint256"
   }
  ],
  "name": "SessionCancelled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "SessionConceded",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "undisputedAmount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "proveUntil",
    "type": "uint48"
   }
  ],
  "name": "SessionDisputed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "driver",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "indexed": false,
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "SessionOpened",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "receiptHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "bond",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "returned",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "disputeUntil",
    "type": "uint48"
   }
  ],
  "name": "SessionProposed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "proven",
    "type": "uint256"
   }
  ],
  "name": "SessionProven",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "returned",
    "type": "uint256"
   }
  ],
  "name": "SessionReclaimed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "receiptHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "paid",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "returned",
    "type": "uint256"
   }
  ],
  "name": "SessionSettled",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "SessionStarted",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "newMax",
    "type": "uint256"
   }
  ],
  "name": "SessionToppedUp",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "SessionVoided",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "payerId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "payeeId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint64",
    "name": "number",
    "type": "uint64"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "periodStart",
    "type": "uint48"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "periodEnd",
    "type": "uint48"
   },
   {
    "indexed": false,
    "internalType": "uint256",
    "name": "total",
    "type": "uint256"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "root",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "from",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "to",
    "type": "address"
   }
  ],
  "name": "StatementPaid",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "StopRequested",
  "type": "event"
 },
 {
  "inputs": [],
  "name": "CANCEL_ANSWER",
  "outputs": [
   {
    "internalType": "uint48",
    "name": "",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "EVIDENCE",
  "outputs": [
   {
    "internalType": "contract IEvidenceRules",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "EVSES",
  "outputs": [
   {
    "internalType": "contract IEvseRegistry",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "ITEM_GAS",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "MAX_BATCH",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "OPERATORS",
  "outputs": [
   {
    "internalType": "contract IOperatorRegistry",
    "name": "",
    "type": "address"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "PROVE_WINDOW",
  "outputs": [
   {
    "internalType": "uint48",
    "name": "",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "REFUND_GAS",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "TOKEN_DECIMALS",
  "outputs": [
   {
    "internalType": "uint8",
    "name": "",
    "type": "uint8"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "address",
    "name": "sender",
    "type": "address"
   }
  ],
  "name": "acknowledgeItem",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "acknowledgeStart",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms[]",
    "name": "batch",
    "type": "tuple[]"
   }
  ],
  "name": "acknowledgeStartBatch",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "bytes32",
      "name": "sessionId",
      "type": "bytes32"
     },
     {
      "internalType": "enum RecordKind",
      "name": "kind",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "wh",
      "type": "uint64"
     },
     {
      "internalType": "uint48",
      "name": "time",
      "type": "uint48"
     },
     {
      "internalType": "uint32",
      "name": "chargingSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "idleSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "counter",
      "type": "uint48"
     }
    ],
    "internalType": "struct MeterRecord",
    "name": "record",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "meterKey",
    "type": "bytes"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "acknowledgeStartWithRecord",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint64",
    "name": "energyWh",
    "type": "uint64"
   },
   {
    "internalType": "uint32",
    "name": "chargingSeconds",
    "type": "uint32"
   },
   {
    "internalType": "uint32",
    "name": "idleSeconds",
    "type": "uint32"
   }
  ],
  "name": "boundOf",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "pure",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "cancel",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "concede",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "creditOf",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "to",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   }
  ],
  "name": "deliverRefund",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "address",
    "name": "beneficiary",
    "type": "address"
   }
  ],
  "name": "deposit",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "from",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "beneficiary",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "amount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct Deposit",
    "name": "order",
    "type": "tuple"
   },
   {
    "internalType": "uint256",
    "name": "validBefore",
    "type": "uint256"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "depositWithAuthorization",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "address",
    "name": "beneficiary",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "deadline",
      "type": "uint256"
     },
     {
      "internalType": "uint8",
      "name": "v",
      "type": "uint8"
     },
     {
      "internalType": "bytes32",
      "name": "r",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "s",
      "type": "bytes32"
     }
    ],
    "internalType": "struct Permit",
    "name": "permit",
    "type": "tuple"
   }
  ],
  "name": "depositWithPermit",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint256",
    "name": "undisputedAmount",
    "type": "uint256"
   },
   {
    "internalType": "uint48",
    "name": "deadline",
    "type": "uint48"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "dispute",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "eip712Domain",
  "outputs": [
   {
    "internalType": "bytes1",
    "name": "fields",
    "type": "bytes1"
   },
   {
    "internalType": "string",
    "name": "name",
    "type": "string"
   },
   {
    "internalType": "string",
    "name": "version",
    "type": "string"
   },
   {
    "internalType": "uint256",
    "name": "chainId",
    "type": "uint256"
   },
   {
    "internalType": "address",
    "name": "verifyingContract",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "salt",
    "type": "bytes32"
   },
   {
    "internalType": "uint256[]",
    "name": "extensions",
    "type": "uint256[]"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "finalise",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "finaliseCancel",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "isAccepted",
  "outputs": [
   {
    "internalType": "bool",
    "name": "",
    "type": "bool"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "payerId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "payeeId",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "lastStatementOf",
  "outputs": [
   {
    "internalType": "uint64",
    "name": "number",
    "type": "uint64"
   },
   {
    "internalType": "uint48",
    "name": "periodEnd",
    "type": "uint48"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "internalType": "uint16",
    "name": "connector",
    "type": "uint16"
   },
   {
    "internalType": "address",
    "name": "driver",
    "type": "address"
   }
  ],
  "name": "liveSessionOf",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "driverSignature",
    "type": "bytes"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "signer",
      "type": "address"
     },
     {
      "internalType": "bytes",
      "name": "signature",
      "type": "bytes"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "bytes32",
        "name": "tariffHash",
        "type": "bytes32"
       },
       {
        "internalType": "bytes32",
        "name": "meterKeyHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "disputeWindow",
        "type": "uint32"
       },
       {
        "internalType": "uint64",
        "name": "disputeBond",
        "type": "uint64"
       },
       {
        "internalType": "uint256",
        "name": "minAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint32",
        "name": "startDelay",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "settlePeriod",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "connectors",
        "type": "uint256"
       }
      ],
      "internalType": "struct StandingOffer[]",
      "name": "offer",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct OperatorConsent",
    "name": "consent",
    "type": "tuple"
   }
  ],
  "name": "open",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "signer",
      "type": "address"
     },
     {
      "internalType": "bytes",
      "name": "signature",
      "type": "bytes"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "bytes32",
        "name": "tariffHash",
        "type": "bytes32"
       },
       {
        "internalType": "bytes32",
        "name": "meterKeyHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "disputeWindow",
        "type": "uint32"
       },
       {
        "internalType": "uint64",
        "name": "disputeBond",
        "type": "uint64"
       },
       {
        "internalType": "uint256",
        "name": "minAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint32",
        "name": "startDelay",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "settlePeriod",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "connectors",
        "type": "uint256"
       }
      ],
      "internalType": "struct StandingOffer[]",
      "name": "offer",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct OperatorConsent",
    "name": "consent",
    "type": "tuple"
   }
  ],
  "name": "openDirect",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "authorization",
    "type": "bytes"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "signer",
      "type": "address"
     },
     {
      "internalType": "bytes",
      "name": "signature",
      "type": "bytes"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "bytes32",
        "name": "tariffHash",
        "type": "bytes32"
       },
       {
        "internalType": "bytes32",
        "name": "meterKeyHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "disputeWindow",
        "type": "uint32"
       },
       {
        "internalType": "uint64",
        "name": "disputeBond",
        "type": "uint64"
       },
       {
        "internalType": "uint256",
        "name": "minAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint32",
        "name": "startDelay",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "settlePeriod",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "connectors",
        "type": "uint256"
       }
      ],
      "internalType": "struct StandingOffer[]",
      "name": "offer",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct OperatorConsent",
    "name": "consent",
    "type": "tuple"
   }
  ],
  "name": "openWithAuthorization",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "uint256",
      "name": "deadline",
      "type": "uint256"
     },
     {
      "internalType": "uint8",
      "name": "v",
      "type": "uint8"
     },
     {
      "internalType": "bytes32",
      "name": "r",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "s",
      "type": "bytes32"
     }
    ],
    "internalType": "struct Permit",
    "name": "permit",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "driverSignature",
    "type": "bytes"
   },
   {
    "components": [
     {
      "internalType": "address",
      "name": "signer",
      "type": "address"
     },
     {
      "internalType": "bytes",
      "name": "signature",
      "type": "bytes"
     },
     {
      "components": [
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "bytes32",
        "name": "tariffHash",
        "type": "bytes32"
       },
       {
        "internalType": "bytes32",
        "name": "meterKeyHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "disputeWindow",
        "type": "uint32"
       },
       {
        "internalType": "uint64",
        "name": "disputeBond",
        "type": "uint64"
       },
       {
        "internalType": "uint256",
        "name": "minAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
       },
       {
        "internalType": "uint32",
        "name": "startDelay",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "settlePeriod",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "connectors",
        "type": "uint256"
       }
      ],
      "internalType": "struct StandingOffer[]",
      "name": "offer",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct OperatorConsent",
    "name": "consent",
    "type": "tuple"
   }
  ],
  "name": "openWithPermit",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "bytes32",
      "name": "payerId",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "payeeId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "uint64",
      "name": "number",
      "type": "uint64"
     },
     {
      "internalType": "uint48",
      "name": "periodStart",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "periodEnd",
      "type": "uint48"
     },
     {
      "internalType": "uint256",
      "name": "total",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "root",
      "type": "bytes32"
     },
     {
      "internalType": "uint48",
      "name": "deadline",
      "type": "uint48"
     }
    ],
    "internalType": "struct RoamingStatement",
    "name": "statement",
    "type": "tuple"
   },
   {
    "internalType": "address",
    "name": "signer",
    "type": "address"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "payStatement",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "proposalOf",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "bytes32",
      "name": "sessionId",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "startWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "endWh",
      "type": "uint64"
     },
     {
      "internalType": "uint48",
      "name": "startedAt",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "endedAt",
      "type": "uint48"
     },
     {
      "internalType": "uint32",
      "name": "chargingSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "idleSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint256",
      "name": "amount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "meterRoot",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeReceipt",
    "name": "receipt",
    "type": "tuple"
   },
   {
    "internalType": "address",
    "name": "signer",
    "type": "address"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "propose",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "bytes32",
      "name": "sessionId",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "startWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "endWh",
      "type": "uint64"
     },
     {
      "internalType": "uint48",
      "name": "startedAt",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "endedAt",
      "type": "uint48"
     },
     {
      "internalType": "uint32",
      "name": "chargingSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint32",
      "name": "idleSeconds",
      "type": "uint32"
     },
     {
      "internalType": "uint256",
      "name": "amount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "meterRoot",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeReceipt",
    "name": "receipt",
    "type": "tuple"
   },
   {
    "components": [
     {
      "internalType": "bytes",
      "name": "meterKey",
      "type": "bytes"
     },
     {
      "components": [
       {
        "components": [
         {
          "internalType": "bytes32",
          "name": "sessionId",
          "type": "bytes32"
         },
         {
          "internalType": "enum RecordKind",
          "name": "kind",
          "type": "uint8"
         },
         {
          "internalType": "uint64",
          "name": "wh",
          "type": "uint64"
         },
         {
          "internalType": "uint48",
          "name": "time",
          "type": "uint48"
         },
         {
          "internalType": "uint32",
          "name": "chargingSeconds",
          "type": "uint32"
         },
         {
          "internalType": "uint32",
          "name": "idleSeconds",
          "type": "uint32"
         },
         {
          "internalType": "uint48",
          "name": "counter",
          "type": "uint48"
         }
        ],
        "internalType": "struct MeterRecord",
        "name": "record",
        "type": "tuple"
       },
       {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
       },
       {
        "internalType": "bytes32[]",
        "name": "proof",
        "type": "bytes32[]"
       }
      ],
      "internalType": "struct ProvenRecord",
      "name": "start",
      "type": "tuple"
     },
     {
      "components": [
       {
        "components": [
         {
          "internalType": "bytes32",
          "name": "sessionId",
          "type": "bytes32"
         },
         {
          "internalType": "enum RecordKind",
          "name": "kind",
          "type": "uint8"
         },
         {
          "internalType": "uint64",
          "name": "wh",
          "type": "uint64"
         },
         {
          "internalType": "uint48",
          "name": "time",
          "type": "uint48"
         },
         {
          "internalType": "uint32",
          "name": "chargingSeconds",
          "type": "uint32"
         },
         {
          "internalType": "uint32",
          "name": "idleSeconds",
          "type": "uint32"
         },
         {
          "internalType": "uint48",
          "name": "counter",
          "type": "uint48"
         }
        ],
        "internalType": "struct MeterRecord",
        "name": "record",
        "type": "tuple"
       },
       {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
       },
       {
        "internalType": "bytes32[]",
        "name": "proof",
        "type": "bytes32[]"
       }
      ],
      "internalType": "struct ProvenRecord",
      "name": "end",
      "type": "tuple"
     }
    ],
    "internalType": "struct MeterEvidence",
    "name": "evidence",
    "type": "tuple"
   }
  ],
  "name": "prove",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "reclaim",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint48",
    "name": "deadline",
    "type": "uint48"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "requestCancel",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint48",
    "name": "deadline",
    "type": "uint48"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "requestStop",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   }
  ],
  "name": "sessionIdOf",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "",
    "type": "bytes32"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   }
  ],
  "name": "sessionOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "enum Status",
      "name": "status",
      "type": "uint8"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint40",
      "name": "openedAt",
      "type": "uint40"
     },
     {
      "internalType": "uint40",
      "name": "deadline",
      "type": "uint40"
     },
     {
      "internalType": "uint32",
      "name": "bond",
      "type": "uint32"
     },
     {
      "internalType": "uint64",
      "name": "amount",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "held",
      "type": "uint64"
     }
    ],
    "internalType": "struct Session",
    "name": "",
    "type": "tuple"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "components": [
       {
        "internalType": "address",
        "name": "driver",
        "type": "address"
       },
       {
        "internalType": "bytes32",
        "name": "operatorId",
        "type": "bytes32"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "enum Source",
        "name": "source",
        "type": "uint8"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "address",
        "name": "sessionKey",
        "type": "address"
       },
       {
        "internalType": "bytes32",
        "name": "evseIdHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint16",
        "name": "connector",
        "type": "uint16"
       },
       {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
       },
       {
        "internalType": "bytes32",
        "name": "tariffHash",
        "type": "bytes32"
       },
       {
        "internalType": "bytes32",
        "name": "meterKeyHash",
        "type": "bytes32"
       },
       {
        "internalType": "uint64",
        "name": "disputeBond",
        "type": "uint64"
       },
       {
        "internalType": "uint32",
        "name": "disputeWindow",
        "type": "uint32"
       },
       {
        "internalType": "uint48",
        "name": "openBy",
        "type": "uint48"
       },
       {
        "internalType": "uint48",
        "name": "startBy",
        "type": "uint48"
       },
       {
        "internalType": "uint48",
        "name": "settleBy",
        "type": "uint48"
       },
       {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
       }
      ],
      "internalType": "struct ChargeTerms",
      "name": "terms",
      "type": "tuple"
     },
     {
      "components": [
       {
        "internalType": "bytes32",
        "name": "sessionId",
        "type": "bytes32"
       },
       {
        "internalType": "uint64",
        "name": "startWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "endWh",
        "type": "uint64"
       },
       {
        "internalType": "uint48",
        "name": "startedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint48",
        "name": "endedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint32",
        "name": "chargingSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "idleSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
       },
       {
        "internalType": "bytes32",
        "name": "meterRoot",
        "type": "bytes32"
       }
      ],
      "internalType": "struct ChargeReceipt",
      "name": "receipt",
      "type": "tuple"
     },
     {
      "internalType": "address",
      "name": "operatorSigner",
      "type": "address"
     },
     {
      "internalType": "bytes",
      "name": "operatorSignature",
      "type": "bytes"
     },
     {
      "internalType": "bytes",
      "name": "sessionSignature",
      "type": "bytes"
     }
    ],
    "internalType": "struct Settlement",
    "name": "item",
    "type": "tuple"
   }
  ],
  "name": "settle",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "components": [
       {
        "internalType": "address",
        "name": "driver",
        "type": "address"
       },
       {
        "internalType": "bytes32",
        "name": "operatorId",
        "type": "bytes32"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "enum Source",
        "name": "source",
        "type": "uint8"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "address",
        "name": "sessionKey",
        "type": "address"
       }
      ],
      "internalType": "struct TermsCore",
      "name": "terms",
      "type": "tuple"
     },
     {
      "internalType": "bytes32",
      "name": "detailsHash",
      "type": "bytes32"
     },
     {
      "components": [
       {
        "internalType": "uint64",
        "name": "startWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "endWh",
        "type": "uint64"
       },
       {
        "internalType": "uint48",
        "name": "startedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint48",
        "name": "endedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint32",
        "name": "chargingSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "idleSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
       },
       {
        "internalType": "bytes32",
        "name": "meterRoot",
        "type": "bytes32"
       }
      ],
      "internalType": "struct ReceiptFigures",
      "name": "receipt",
      "type": "tuple"
     },
     {
      "internalType": "bytes32",
      "name": "operatorR",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "operatorVs",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "sessionR",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "sessionVs",
      "type": "bytes32"
     }
    ],
    "internalType": "struct BatchItem[]",
    "name": "items",
    "type": "tuple[]"
   }
  ],
  "name": "settleBatch",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "settled",
    "type": "uint256"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "components": [
       {
        "internalType": "address",
        "name": "driver",
        "type": "address"
       },
       {
        "internalType": "bytes32",
        "name": "operatorId",
        "type": "bytes32"
       },
       {
        "internalType": "address",
        "name": "payee",
        "type": "address"
       },
       {
        "internalType": "address",
        "name": "token",
        "type": "address"
       },
       {
        "internalType": "enum Source",
        "name": "source",
        "type": "uint8"
       },
       {
        "internalType": "uint64",
        "name": "startFee",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerKWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "pricePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "idlePerMinute",
        "type": "uint64"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       },
       {
        "internalType": "address",
        "name": "sessionKey",
        "type": "address"
       }
      ],
      "internalType": "struct TermsCore",
      "name": "terms",
      "type": "tuple"
     },
     {
      "internalType": "bytes32",
      "name": "detailsHash",
      "type": "bytes32"
     },
     {
      "components": [
       {
        "internalType": "uint64",
        "name": "startWh",
        "type": "uint64"
       },
       {
        "internalType": "uint64",
        "name": "endWh",
        "type": "uint64"
       },
       {
        "internalType": "uint48",
        "name": "startedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint48",
        "name": "endedAt",
        "type": "uint48"
       },
       {
        "internalType": "uint32",
        "name": "chargingSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint32",
        "name": "idleSeconds",
        "type": "uint32"
       },
       {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
       },
       {
        "internalType": "bytes32",
        "name": "meterRoot",
        "type": "bytes32"
       }
      ],
      "internalType": "struct ReceiptFigures",
      "name": "receipt",
      "type": "tuple"
     },
     {
      "internalType": "bytes32",
      "name": "operatorR",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "operatorVs",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "sessionR",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "sessionVs",
      "type": "bytes32"
     }
    ],
    "internalType": "struct BatchItem",
    "name": "item",
    "type": "tuple"
   }
  ],
  "name": "settleItem",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [],
  "name": "tokens",
  "outputs": [
   {
    "internalType": "address[]",
    "name": "",
    "type": "address[]"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint256",
    "name": "newMax",
    "type": "uint256"
   },
   {
    "internalType": "uint48",
    "name": "deadline",
    "type": "uint48"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "topUp",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "driver",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "operatorId",
      "type": "bytes32"
     },
     {
      "internalType": "address",
      "name": "payee",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "enum Source",
      "name": "source",
      "type": "uint8"
     },
     {
      "internalType": "uint64",
      "name": "startFee",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerKWh",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "pricePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint64",
      "name": "idlePerMinute",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "maxPowerW",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "sessionKey",
      "type": "address"
     },
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint16",
      "name": "connector",
      "type": "uint16"
     },
     {
      "internalType": "uint256",
      "name": "maxAmount",
      "type": "uint256"
     },
     {
      "internalType": "bytes32",
      "name": "tariffHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint64",
      "name": "disputeBond",
      "type": "uint64"
     },
     {
      "internalType": "uint32",
      "name": "disputeWindow",
      "type": "uint32"
     },
     {
      "internalType": "uint48",
      "name": "openBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "startBy",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "settleBy",
      "type": "uint48"
     },
     {
      "internalType": "bytes32",
      "name": "salt",
      "type": "bytes32"
     }
    ],
    "internalType": "struct ChargeTerms",
    "name": "terms",
    "type": "tuple"
   },
   {
    "internalType": "uint48",
    "name": "deadline",
    "type": "uint48"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "voidTerms",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "amount",
    "type": "uint256"
   },
   {
    "internalType": "address",
    "name": "to",
    "type": "address"
   }
  ],
  "name": "withdraw",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "token",
    "type": "address"
   }
  ],
  "name": "withdrawNonceOf",
  "outputs": [
   {
    "internalType": "uint256",
    "name": "",
    "type": "uint256"
   }
  ],
  "stateMutability": "view",
  "type": "function"
 },
 {
  "inputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "account",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "token",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "amount",
      "type": "uint256"
     },
     {
      "internalType": "address",
      "name": "to",
      "type": "address"
     },
     {
      "internalType": "uint256",
      "name": "nonce",
      "type": "uint256"
     },
     {
      "internalType": "uint48",
      "name": "deadline",
      "type": "uint48"
     }
    ],
    "internalType": "struct Withdraw",
    "name": "order",
    "type": "tuple"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   }
  ],
  "name": "withdrawSigned",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const
