// Made from src/OperatorRegistry.sol by contracts/tools/build.ts; do not edit.
export const operatorRegistryAbi = [
 {
  "inputs": [
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "BadDelegate",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint256",
    "name": "expiresAt",
    "type": "uint256"
   }
  ],
  "name": "BadExpiry",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "bytes5",
    "name": "party",
    "type": "bytes5"
   }
  ],
  "name": "BadParty",
  "type": "error"
 },
 {
  "inputs": [
   {
    "internalType": "uint8",
    "name": "scopes",
    "type": "uint8"
   }
  ],
  "name": "BadScopes",
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
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   }
  ],
  "name": "NoPayoutPending",
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
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   },
   {
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "NotOwner",
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
   }
  ],
  "name": "NotPendingOwner",
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
  "name": "OperatorExists",
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
    "internalType": "address",
    "name": "expected",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "given",
    "type": "address"
   }
  ],
  "name": "PayeeMismatch",
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
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "scopes",
      "type": "uint8"
     },
     {
      "internalType": "uint48",
      "name": "expiresAt",
      "type": "uint48"
     },
     {
      "internalType": "uint64",
      "name": "payCapPerDay",
      "type": "uint64"
     }
    ],
    "indexed": false,
    "internalType": "struct Delegation",
    "name": "delegation",
    "type": "tuple"
   }
  ],
  "name": "DelegateSet",
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
    "indexed": false,
    "internalType": "string",
    "name": "metadataUri",
    "type": "string"
   }
  ],
  "name": "MetadataSet",
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
    "internalType": "address",
    "name": "owner",
    "type": "address"
   },
   {
    "indexed": true,
    "internalType": "bytes5",
    "name": "party",
    "type": "bytes5"
   },
   {
    "indexed": false,
    "internalType": "address",
    "name": "payout",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "string",
    "name": "metadataUri",
    "type": "string"
   }
  ],
  "name": "OperatorRegistered",
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
    "internalType": "address",
    "name": "newOwner",
    "type": "address"
   }
  ],
  "name": "OwnershipOffered",
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
    "internalType": "address",
    "name": "newOwner",
    "type": "address"
   }
  ],
  "name": "OwnershipTransferred",
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
   }
  ],
  "name": "PayoutChangeCancelled",
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
    "indexed": false,
    "internalType": "address",
    "name": "payout",
    "type": "address"
   },
   {
    "indexed": false,
    "internalType": "uint48",
    "name": "effectiveAt",
    "type": "uint48"
   }
  ],
  "name": "PayoutChangeProposed",
  "type": "event"
 },
 {
  "inputs": [],
  "name": "PAYOUT_DELAY",
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
  "inputs": [
   {
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   }
  ],
  "name": "acceptOwnership",
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
   }
  ],
  "name": "cancelPayoutChange",
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
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "delegationOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "scopes",
      "type": "uint8"
     },
     {
      "internalType": "uint48",
      "name": "expiresAt",
      "type": "uint48"
     },
     {
      "internalType": "uint64",
      "name": "payCapPerDay",
      "type": "uint64"
     }
    ],
    "internalType": "struct Delegation",
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
  "name": "isAuthorised",
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
    "internalType": "address",
    "name": "founder",
    "type": "address"
   },
   {
    "internalType": "bytes5",
    "name": "party",
    "type": "bytes5"
   }
  ],
  "name": "operatorIdOf",
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
   }
  ],
  "name": "operatorOf",
  "outputs": [
   {
    "components": [
     {
      "internalType": "address",
      "name": "owner",
      "type": "address"
     },
     {
      "internalType": "bytes5",
      "name": "party",
      "type": "bytes5"
     },
     {
      "internalType": "address",
      "name": "payout",
      "type": "address"
     },
     {
      "internalType": "uint48",
      "name": "nextPayoutFrom",
      "type": "uint48"
     },
     {
      "internalType": "uint32",
      "name": "epoch",
      "type": "uint32"
     },
     {
      "internalType": "address",
      "name": "nextPayout",
      "type": "address"
     },
     {
      "internalType": "address",
      "name": "nextOwner",
      "type": "address"
     },
     {
      "internalType": "string",
      "name": "metadataUri",
      "type": "string"
     }
    ],
    "internalType": "struct OperatorRegistry.Operator",
    "name": "operator",
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
   }
  ],
  "name": "partyOf",
  "outputs": [
   {
    "internalType": "bytes5",
    "name": "",
    "type": "bytes5"
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
    "internalType": "address",
    "name": "signer",
    "type": "address"
   }
  ],
  "name": "payAuthority",
  "outputs": [
   {
    "internalType": "address",
    "name": "owner",
    "type": "address"
   },
   {
    "internalType": "uint256",
    "name": "capPerDay",
    "type": "uint256"
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
   }
  ],
  "name": "payoutOf",
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
    "internalType": "address",
    "name": "payout",
    "type": "address"
   }
  ],
  "name": "proposePayout",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 },
 {
  "inputs": [
   {
    "internalType": "bytes5",
    "name": "party",
    "type": "bytes5"
   },
   {
    "internalType": "address",
    "name": "payout",
    "type": "address"
   },
   {
    "internalType": "string",
    "name": "metadataUri",
    "type": "string"
   }
  ],
  "name": "register",
  "outputs": [
   {
    "internalType": "bytes32",
    "name": "operatorId",
    "type": "bytes32"
   }
  ],
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
    "internalType": "address",
    "name": "account",
    "type": "address"
   }
  ],
  "name": "removeDelegate",
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
    "internalType": "address",
    "name": "payee",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "sessionKey",
    "type": "address"
   }
  ],
  "name": "requireOurs",
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
    "internalType": "address",
    "name": "payee",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "sessionKey",
    "type": "address"
   },
   {
    "internalType": "address",
    "name": "signer",
    "type": "address"
   },
   {
    "internalType": "bytes32",
    "name": "digest",
    "type": "bytes32"
   },
   {
    "internalType": "bytes",
    "name": "signature",
    "type": "bytes"
   },
   {
    "internalType": "address",
    "name": "sender",
    "type": "address"
   }
  ],
  "name": "requireQuoted",
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
    "internalType": "address",
    "name": "account",
    "type": "address"
   },
   {
    "components": [
     {
      "internalType": "uint8",
      "name": "scopes",
      "type": "uint8"
     },
     {
      "internalType": "uint48",
      "name": "expiresAt",
      "type": "uint48"
     },
     {
      "internalType": "uint64",
      "name": "payCapPerDay",
      "type": "uint64"
     }
    ],
    "internalType": "struct Delegation",
    "name": "delegation",
    "type": "tuple"
   }
  ],
  "name": "setDelegate",
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
    "internalType": "string",
    "name": "metadataUri",
    "type": "string"
   }
  ],
  "name": "setMetadata",
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
    "internalType": "address",
    "name": "newOwner",
    "type": "address"
   }
  ],
  "name": "transferOwnership",
  "outputs": [],
  "stateMutability": "nonpayable",
  "type": "function"
 }
] as const
