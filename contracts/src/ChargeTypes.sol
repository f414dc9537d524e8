// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev Where a session's deposit comes from, and where what is left goes back to (R13).
enum Source {
    Credit, // the driver's credit inside the escrow
    Allowance, // the driver's wallet, by ERC-20 allowance or EIP-2612 permit
    Authorization // the driver's wallet, by ERC-3009
}

/// @dev A session id has one life: None -> ... -> one of Voided, Settled, Cancelled, Reclaimed (R5).
enum Status {
    None,
    Voided,
    Open,
    CancelRequested,
    Started,
    Proposed,
    Disputed,
    Settled,
    Cancelled,
    Reclaimed
}

/// @dev What a meter record stands for. Only Start and End count on chain (R25).
enum RecordKind {
    Start,
    End,
    Interim
}

/// @dev Who holds a meter key: the station itself, or the operator's gateway on its behalf (R25).
enum KeyClass {
    Station,
    Gateway
}

/// @notice The agreement. Its EIP-712 hash under the escrow's domain is the session id.
/// @dev Flat, static, and in the order of its EIP-712 type: the eleven fields of TermsCore, then those that EIP-712 nests
/// as TermsDetails. Money is in the token's smallest unit (micro-euro), prices include VAT, times are Unix seconds,
/// durations are seconds.
struct ChargeTerms {
    // ---- TermsCore
    address driver; // who pays: EOA, EIP-1271 or EIP-7702 account
    bytes32 operatorId; // OperatorRegistry id
    address payee; // must equal the operator's payout at open (R16)
    address token; // one of the escrow's accepted tokens (R35)
    Source source;
    uint64 startFee; // per session
    uint64 pricePerKWh;
    uint64 pricePerMinute; // while charging
    uint64 idlePerMinute; // while connected without charging
    uint32 maxPowerW; // plausibility cap (R29)
    address sessionKey; // ECDSA key on the driver's device, 0 = none (R22)
    // ---- TermsDetails
    bytes32 evseIdHash; // keccak256 of the normalised EVSE id, without connector (R45)
    uint16 connector;
    uint256 maxAmount; // the deposit, at most 2^64 - 1
    bytes32 tariffHash; // hash of the full OCPI tariff the ceilings above dominate (R30)
    bytes32 meterKeyHash; // keccak256 of the pinned meter key (R19)
    uint64 disputeBond; // kept from the surplus until final (R27)
    uint32 disputeWindow; // seconds
    uint48 openBy; // the quote's expiry (R4)
    uint48 startBy; // after it the driver may ask to cancel (R1)
    uint48 settleBy; // after it anyone may send the deposit back (R2)
    bytes32 salt;
}

/// @notice The part of the terms a co-signed settlement needs: the first eleven words of ChargeTerms.
struct TermsCore {
    address driver;
    bytes32 operatorId;
    address payee;
    address token;
    Source source;
    uint64 startFee;
    uint64 pricePerKWh;
    uint64 pricePerMinute;
    uint64 idlePerMinute;
    uint32 maxPowerW;
    address sessionKey;
}

/// @notice What was delivered and what it costs. Signed by the operator, co-signed by the session key.
struct ChargeReceipt {
    bytes32 sessionId;
    uint64 startWh; // register reading, Wh
    uint64 endWh; // register reading, Wh
    uint48 startedAt; // Unix seconds
    uint48 endedAt; // Unix seconds
    uint32 chargingSeconds;
    uint32 idleSeconds;
    uint256 amount; // smallest units
    bytes32 meterRoot; // Merkle root over the evidence
}

/// @notice A receipt without its session id: the last eight words of ChargeReceipt.
struct ReceiptFigures {
    uint64 startWh;
    uint64 endWh;
    uint48 startedAt;
    uint48 endedAt;
    uint32 chargingSeconds;
    uint32 idleSeconds;
    uint256 amount;
    bytes32 meterRoot;
}

/// @notice One signed meter reading, a leaf under `meterRoot` (R25).
struct MeterRecord {
    bytes32 sessionId;
    RecordKind kind;
    uint64 wh; // register reading, Wh
    uint48 time; // Unix seconds
    uint32 chargingSeconds;
    uint32 idleSeconds;
    uint48 counter; // signatures made by this meter key so far
}

/// @notice A meter record with its signature and its place under `meterRoot`.
struct ProvenRecord {
    MeterRecord record;
    bytes signature;
    bytes32[] proof;
}

/// @notice The evidence that settles a dispute (R25).
struct MeterEvidence {
    bytes meterKey; // 20 or 84 bytes, hashing to the terms' meterKeyHash (R19, R21)
    ProvenRecord start;
    ProvenRecord end;
}

/// @notice An operator's open invitation: terms equal to it or inside its bounds need no quote (R10).
struct StandingOffer {
    address token;
    address payee;
    uint64 startFee;
    uint64 pricePerKWh;
    uint64 pricePerMinute;
    uint64 idlePerMinute;
    bytes32 tariffHash;
    bytes32 meterKeyHash;
    uint32 maxPowerW;
    uint32 disputeWindow; // seconds
    uint64 disputeBond;
    uint256 minAmount; // smallest maxAmount accepted
    uint256 maxAmount; // largest maxAmount accepted
    uint32 startDelay; // seconds: startBy = openBy + startDelay
    uint32 settlePeriod; // seconds: settleBy = startBy + settlePeriod
    uint256 connectors; // bit n set = connector n is covered
}

/// @notice How the operator agreed to the terms: a signed quote, or a standing offer.
/// @dev `signer` = 0 selects the standing offer, whose preimage is then the only element of `offer`.
struct OperatorConsent {
    address signer; // owner or QUOTE delegate
    bytes signature; // over Quote{sessionId}; empty when the signer is the sender
    StandingOffer[] offer; // empty, or one
}

/// @notice An EIP-2612 permit for the escrow; `deadline` = 0 means there is none.
struct Permit {
    uint256 deadline; // Unix seconds
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice A co-signed receipt ready to settle.
struct Settlement {
    ChargeTerms terms;
    ChargeReceipt receipt;
    address operatorSigner; // owner or RECEIPT delegate
    bytes operatorSignature; // over the receipt; empty when that account is the sender
    bytes sessionSignature; // by the session key over the receipt; empty when driver or session key is the sender
}

/// @notice A co-signed receipt as `settleBatch` takes it: only what a settlement needs, of fixed size, signatures by ECDSA
/// in EIP-2098's short form.
struct BatchItem {
    TermsCore terms;
    bytes32 detailsHash; // EIP-712 struct hash of the terms' TermsDetails
    ReceiptFigures receipt;
    bytes32 operatorR; // by the operator's owner or RECEIPT delegate over the receipt
    bytes32 operatorVs;
    bytes32 sessionR; // by the session key over the receipt
    bytes32 sessionVs;
}

/// @notice A deposit of credit by ERC-3009; its EIP-712 digest is the token's nonce (R14).
struct Deposit {
    address from;
    address beneficiary;
    address token;
    uint256 amount;
    bytes32 salt;
}

/// @notice A signed withdrawal of credit (R36).
struct Withdraw {
    address account;
    address token;
    uint256 amount;
    address to;
    uint256 nonce; // withdrawNonceOf(account, token)
    uint48 deadline; // Unix seconds
}

/// @notice One operator pays another for a period of roaming (R42).
struct RoamingStatement {
    bytes32 payerId;
    bytes32 payeeId;
    address token;
    uint64 number; // last number of (payer, payee, token) + 1
    uint48 periodStart; // Unix seconds, not before the last periodEnd
    uint48 periodEnd; // Unix seconds
    uint256 total; // smallest units
    bytes32 root; // Merkle root over the CDRs it covers
    uint48 deadline; // Unix seconds
}

/// @dev One storage slot (R38).
struct Session {
    Status status;
    Source source;
    uint40 openedAt; // Unix seconds
    uint40 deadline; // cancelAt, disputeUntil or proveUntil, by status
    uint32 bond; // the part of `held` kept as dispute bond
    uint64 amount; // proposed amount
    uint64 held; // what the escrow holds for this session
}

/// @notice What a delegate may do, and until when (R17).
struct Delegation {
    uint8 scopes; // mask of the Scopes library
    uint48 expiresAt; // Unix seconds, inclusive
    uint64 payCapPerDay; // smallest units a PAY delegate may move per token and UTC day (R42)
}

/// @notice One connector of a public EVSE, as a map shows it.
struct ConnectorListing {
    uint16 connector;
    bytes32 standard; // OCPI ConnectorType, ASCII, right-padded with zeros, e.g. "IEC_62196_T2"
    uint32 maxPowerW;
}

/// @notice What a map needs to know of a public EVSE.
struct EvseListing {
    string evseId; // eMI3, as printed on the plug
    string name; // of the place, for people
    int32 latitudeE7; // degrees x 10^7
    int32 longitudeE7; // degrees x 10^7
    ConnectorListing[] connectors;
}

/// @notice A first registration: listing, first meter key, whether it opens at once.
struct EvseRegistration {
    EvseListing listing;
    bytes meterKey; // 20 or 84 bytes (R21)
    KeyClass keyClass;
    bool active;
}

/// @notice A renewal or replacement of a standing offer.
struct OfferUpdate {
    bytes32 evseIdHash;
    StandingOffer offer;
    uint48 validUntil; // Unix seconds, at most 30 days ahead (R11)
}
