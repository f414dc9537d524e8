// Made from src/EvseRegistry.sol by contracts/tools/build.ts; do not edit.
export const evseRegistryAbi = [
 {
  "inputs": [
   {
    "internalType": "contract IOperatorRegistry",
    "name": "operators",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "verifier",
    "type": "address"
   }
  ],
  "stateMutability": "nonpayable",
  "type": "constructor"
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
    "internalType": "string",
    "name": "evseId",
    "type": "string"
   }
  ],
  "name": "BadEvseId",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "BadMeterKey",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "int32",
    "name": "latitudeE7",
    "type": "int32"
   },
   {
    "internalType": "int32",
    "name": "longitudeE7",
    "type": "int32"
   }
  ],
  "name": "BadPosition",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "validUntil",
    "type": "uint256"
   }
  ],
  "name": "BadValidity",
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
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "EvseExists",
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
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "EvseInactive",
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
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "EvseUnknown",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "string",
    "name": "evseId",
    "type": "string"
   },
   {
    "internalType": "bytes5",
    "name": "party",
    "type": "bytes5"
   }
  ],
  "name": "ForeignEvse",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "earliest",
    "type": "uint256"
   }
  ],
  "name": "MeterKeyTooSoon",
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
    "internalType": "uint256",
    "name": "validUntil",
    "type": "uint256"
   }
  ],
  "name": "OfferExpired",
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
  "name": "OfferMismatch",
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
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "OfferMissing",
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
  "name": "OpenByTooFar",
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
  "inputs": [],
  "name": "TermsOutsideOffer",
  "type": "error"
 },
 {
  "inputs": [],
  "name": "ZeroAddress",
  "type": "error"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bool",
    "name": "active",
    "type": "bool"
   }
  ],
  "name": "EvseActive",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "components": [
     {
      "internalType": "string",
      "name": "evseId",
      "type": "string"
     },
     {
      "internalType": "string",
      "name": "name",
      "type": "string"
     },
     {
      "internalType": "int32",
      "name": "latitudeE7",
      "type": "int32"
     },
     {
      "internalType": "int32",
      "name": "longitudeE7",
      "type": "int32"
     },
     {
      "components": [
       {
        "internalType": "uint16",
        "name": "connector",
        "type": "uint16"
       },
       {
        "internalType": "bytes32",
        "name": "standard",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       }
      ],
      "internalType": "struct ConnectorListing[]",
      "name": "connectors",
      "type": "tuple[]"
     }
    ],
    "indexed": false,
    "internalType": "struct EvseListing",
    "name": "listing",
    "type": "tuple"
   }
  ],
  "name": "EvseListed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "meterKeyHash",
    "type": "bytes32"
   }
  ],
  "name": "MeterKeyFlagged",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "meterKeyHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes",
    "name": "meterKey",
    "type": "bytes"
   },
   {
    "indexed": false,
    "internalType": "enum KeyClass",
    "name": "keyClass",
    "type": "uint8"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "validFrom",
    "type": "uint48"
   }
  ],
  "name": "MeterKeySet",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "validUntil",
    "type": "uint48"
   }
  ],
  "name": "OfferRenewed",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   },
   {
    "indexed": false,
    "internalType": "bytes32",
    "name": "offerHash",
    "type": "bytes32"
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
    "indexed": false,
    "internalType": "struct StandingOffer",
    "name": "offer",
    "type": "tuple"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "validUntil",
    "type": "uint48"
   }
  ],
  "name": "OfferSet",
  "type": "event"
 },
 {
  "anonymous": false,
  "inputs": [
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "indexed": true,
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "OfferWithdrawn",
  "type": "event"
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
  "name": "MAX_OFFER_LIFE",
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
  "name": "MAX_STANDING_OPEN",
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
  "name": "METER_KEY_DELAY",
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
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "string",
    "name": "evseId",
    "type": "string"
   }
  ],
  "name": "evseIdHashOf",
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
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "evseOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "bytes32",
      "name": "offerHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "meterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "bytes32",
      "name": "nextMeterKeyHash",
      "type": "bytes32"
     },
     {
      "internalType": "uint48",
      "name": "nextMeterKeyFrom",
      "type": "uint48"
     },
     {
      "internalType": "uint48",
      "name": "offerValidUntil",
      "type": "uint48"
     },
     {
      "internalType": "bool",
      "name": "registered",
      "type": "bool"
     },
     {
      "internalType": "bool",
      "name": "active",
      "type": "bool"
     }
    ],
    "internalType": "struct EvseRegistry.Evse",
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
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "meterKeyHash",
    "type": "bytes32"
   }
  ],
  "name": "flagMeterKey",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "name": "meterKeyHash",
    "type": "bytes32"
   }
  ],
  "name": "isCompromised",
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
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "bytes32",
    "name": "evseIdHash",
    "type": "bytes32"
   }
  ],
  "name": "meterKeyHashOf",
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
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "components": [
     {
      "components": [
       {
        "internalType": "string",
        "name": "evseId",
        "type": "string"
       },
       {
        "internalType": "string",
        "name": "name",
        "type": "string"
       },
       {
        "internalType": "int32",
        "name": "latitudeE7",
        "type": "int32"
       },
       {
        "internalType": "int32",
        "name": "longitudeE7",
        "type": "int32"
       },
       {
        "components": [
         {
          "internalType": "uint16",
          "name": "connector",
          "type": "uint16"
         },
         {
          "internalType": "bytes32",
          "name": "standard",
          "type": "bytes32"
         },
         {
          "internalType": "uint32",
          "name": "maxPowerW",
          "type": "uint32"
         }
        ],
        "internalType": "struct ConnectorListing[]",
        "name": "connectors",
        "type": "tuple[]"
       }
      ],
      "internalType": "struct EvseListing",
      "name": "listing",
      "type": "tuple"
     },
     {
      "internalType": "bytes",
      "name": "meterKey",
      "type": "bytes"
     },
     {
      "internalType": "enum KeyClass",
      "name": "keyClass",
      "type": "uint8"
     },
     {
      "internalType": "bool",
      "name": "active",
      "type": "bool"
     }
    ],
    "internalType": "struct EvseRegistration[]",
    "name": "items",
    "type": "tuple[]"
   }
  ],
  "name": "registerBatch",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "internalType": "bytes32[]",
    "name": "evseIdHashes",
    "type": "bytes32[]"
   },
   {
    "internalType": "uint48",
    "name": "validUntil",
    "type": "uint48"
   }
  ],
  "name": "renewOffers",
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
    "internalType": "struct StandingOffer",
    "name": "offer",
    "type": "tuple"
   }
  ],
  "name": "requireCovered",
  "outputs": [],
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
    "internalType": "bytes32[]",
    "name": "evseIdHashes",
    "type": "bytes32[]"
   },
   {
    "internalType": "bool",
    "name": "active",
    "type": "bool"
   }
  ],
  "name": "setActive",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "components": [
     {
      "internalType": "string",
      "name": "evseId",
      "type": "string"
     },
     {
      "internalType": "string",
      "name": "name",
      "type": "string"
     },
     {
      "internalType": "int32",
      "name": "latitudeE7",
      "type": "int32"
     },
     {
      "internalType": "int32",
      "name": "longitudeE7",
      "type": "int32"
     },
     {
      "components": [
       {
        "internalType": "uint16",
        "name": "connector",
        "type": "uint16"
       },
       {
        "internalType": "bytes32",
        "name": "standard",
        "type": "bytes32"
       },
       {
        "internalType": "uint32",
        "name": "maxPowerW",
        "type": "uint32"
       }
      ],
      "internalType": "struct ConnectorListing[]",
      "name": "connectors",
      "type": "tuple[]"
     }
    ],
    "internalType": "struct EvseListing[]",
    "name": "listings",
    "type": "tuple[]"
   }
  ],
  "name": "setListings",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "internalType": "bytes",
    "name": "meterKey",
    "type": "bytes"
   },
   {
    "internalType": "enum KeyClass",
    "name": "keyClass",
    "type": "uint8"
   },
   {
    "internalType": "uint48",
    "name": "validFrom",
    "type": "uint48"
   }
  ],
  "name": "setMeterKey",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "components": [
     {
      "internalType": "bytes32",
      "name": "evseIdHash",
      "type": "bytes32"
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
      "internalType": "struct StandingOffer",
      "name": "offer",
      "type": "tuple"
     },
     {
      "internalType": "uint48",
      "name": "validUntil",
      "type": "uint48"
     }
    ],
    "internalType": "struct OfferUpdate[]",
    "name": "updates",
    "type": "tuple[]"
   }
  ],
  "name": "setOffers",
  "outputs": [],
  "stateMutability": "nonpayable",
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
    "internalType": "bytes32[]",
    "name": "evseIdHashes",
    "type": "bytes32[]"
   }
  ],
  "name": "withdrawOffers",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const
