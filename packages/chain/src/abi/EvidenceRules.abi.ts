// Made from src/EvidenceRules.sol by contracts/tools/build.ts; do not edit.
export const evidenceRulesAbi = [
 {
  "inputs": [
   {
    "internalType": "contract IEvseRegistry",
    "name": "evses",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
 },
 {
  "inputs": [],
  "name": "BadMeterSignature",
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
    "internalType": "bytes32",
    "name": "meterKeyHash",
    "type": "bytes32"
   }
  ],
  "name": "MeterKeyCompromised",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "recordDigest",
    "type": "bytes32"
   }
  ],
  "name": "NotUnderRoot",
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
  "name": "WrongMeterKey",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "WrongRecordKind",
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
  "name": "VERIFIER",
  "outputs": [
   {
    "internalType": "address",
    "name": "",
    "type": "address"
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
   },
   {
    "internalType": "bytes32",
    "name": "domain",
    "type": "bytes32"
   },
   {
    "internalType": "uint256",
    "name": "openedAt",
    "type": "uint256"
   }
  ],
  "name": "provenBound",
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
   },
   {
    "internalType": "bytes32",
    "name": "sessionId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "domain",
    "type": "bytes32"
   },
   {
    "internalType": "uint256",
    "name": "openedAt",
    "type": "uint256"
   }
  ],
  "name": "requireStart",
  "outputs": [],
  "stateMutability": "view",
  "type": "function"
 }
] as const
