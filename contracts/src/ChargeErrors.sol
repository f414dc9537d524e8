// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Source, Status} from "./ChargeTypes.sol";

// Each error is put into a sentence for drivers and operators in packages/chain.

// ---- Who may act

/// @dev The account is neither the operator's owner nor a live delegate with the scopes asked for.
error NotAuthorised(bytes32 operatorId, address account, uint8 scopes);
/// @dev The signature is not the account's over this message, and the account is not the sender.
error BadSignature(address account);
/// @dev Only the driver may do this.
error NotDriver(address account);
/// @dev Only the escrow itself calls this.
error OnlySelf();
/// @dev The signed message is past its deadline.
error SignatureExpired(uint256 deadline);
/// @dev The withdrawal's nonce is not the account's next.
error BadNonce(uint256 expected, uint256 given);

// ---- The agreement

/// @dev openBy has passed.
error QuoteExpired(uint256 openBy);
/// @dev startBy must lie between openBy and openBy + 24 h.
error StartByOutOfRange(uint256 startBy);
/// @dev settleBy must be at least 24 h after startBy and at most 30 days ahead.
error SettleByOutOfRange(uint256 settleBy);
/// @dev disputeWindow must be between 1 h and 7 days.
error DisputeWindowOutOfRange(uint256 disputeWindow);
/// @dev The bond exceeds 5 % of maxAmount or 2 euro.
error BondTooLarge(uint256 disputeBond);
/// @dev A paid session pins a meter key.
error MeterKeyMissing();
/// @dev The session key is the payee, the operator, one of its delegates or the meter key.
error SessionKeyNotAllowed(address sessionKey);
/// @dev The terms pay someone else than the operator's payout account.
error PayeeMismatch(address expected, address given);
/// @dev The function called does not serve this source of money.
error SourceMismatch(Source given);
/// @dev The escrow does not accept this token.
error TokenNotAccepted(address token);
/// @dev The same driver already has a live session on this connector.
error ConnectorLocked(bytes32 sessionId);
/// @dev The operator's consent names no signer and carries no standing offer, or more than one.
error ConsentMissing();

// ---- The session

/// @dev The session's status does not allow this.
error WrongStatus(Status status);
/// @dev Not before this time.
error TooEarly(uint256 notBefore);
/// @dev Not after this time.
error TooLate(uint256 deadline);
/// @dev The message is about another session.
error WrongSession(bytes32 expected, bytes32 given);
/// @dev The receipt asks for more than is held, or more than was proposed.
error AmountAboveLimit(uint256 amount, uint256 limit);
/// @dev The receipt asks for less than the part already paid.
error AmountBelowUndisputed(uint256 amount, uint256 undisputed);
/// @dev The receipt asks for more than the signed tariff allows for what was delivered.
error AmountAboveTariff(uint256 amount, uint256 bound);
/// @dev Registers, times or power in the receipt or record cannot be true (R29).
error Implausible();
/// @dev The receipt is not the one that was proposed.
error NotTheProposal(bytes32 expected, bytes32 given);
/// @dev The key is not the one pinned in the terms.
error WrongMeterKey(bytes32 expected, bytes32 given);
/// @dev The meter key was flagged compromised.
error MeterKeyCompromised(bytes32 meterKeyHash);
/// @dev The record is not of the kind needed here.
error WrongRecordKind();
/// @dev The record is not under the receipt's meterRoot.
error NotUnderRoot(bytes32 recordDigest);
/// @dev The record's signature is not the meter key's.
error BadMeterSignature();

// ---- Money

error ZeroAmount();
error ZeroAddress();
/// @dev The amount does not fit 64 bits.
error AmountTooLarge(uint256 amount);
error InsufficientCredit(uint256 available, uint256 needed);
/// @dev The token moved another amount than asked (fee on transfer, rebasing).
error ReceivedAmountMismatch(uint256 expected, uint256 received);
/// @dev The new limit must exceed what is held.
error NotAnIncrease(uint256 held, uint256 newMax);
/// @dev Credit cannot be sent to the escrow itself.
error InvalidRecipient(address to);
/// @dev The sender gave too little gas for the transfer that is due.
error GasTooLow();
/// @dev A batch holds 1 to 100 items.
error BadBatchSize(uint256 size);
/// @dev The escrow accepts tokens with 6 decimals, each named once.
error UnsupportedToken(address token);

// ---- Roaming

error StatementOutOfOrder(uint256 expected, uint256 given);
error PeriodOutOfOrder(uint256 lastPeriodEnd, uint256 periodStart);
error DailyCapExceeded(uint256 cap, uint256 spent);

// ---- Registries

error OperatorExists(bytes32 operatorId);
error OperatorUnknown(bytes32 operatorId);
error NotOwner(bytes32 operatorId, address account);
error NotPendingOwner(bytes32 operatorId, address account);
error NoPayoutPending(bytes32 operatorId);
/// @dev A party is a country code of 2 letters and a party id of 3 letters or digits, in upper case.
error BadParty(bytes5 party);
error BadScopes(uint8 scopes);
/// @dev The owner has every power already; 0 is nobody.
error BadDelegate(address account);
error BadExpiry(uint256 expiresAt);
/// @dev The EVSE id holds a character outside A-Z, a-z, 0-9, '*', '-', or has a wrong length or no 'E' after the party.
error BadEvseId(string evseId);
/// @dev The EVSE id belongs to another party.
error ForeignEvse(string evseId, bytes5 party);
error EvseExists(bytes32 operatorId, bytes32 evseIdHash);
error EvseUnknown(bytes32 operatorId, bytes32 evseIdHash);
error EvseInactive(bytes32 operatorId, bytes32 evseIdHash);
error BadPosition(int32 latitudeE7, int32 longitudeE7);
/// @dev A meter key is an address without code (20 bytes) or verifier || x || y of a P-256 key (84 bytes).
error BadMeterKey();
/// @dev A replacing meter key is valid from 24 h ahead at the earliest.
error MeterKeyTooSoon(uint256 earliest);
/// @dev validUntil must lie ahead, by at most 30 days.
error BadValidity(uint256 validUntil);
error OfferMissing(bytes32 operatorId, bytes32 evseIdHash);
error OfferExpired(uint256 validUntil);
/// @dev The preimage given is not the stored offer.
error OfferMismatch(bytes32 expected, bytes32 given);
/// @dev A standing open names openBy at most 15 min ahead.
error OpenByTooFar(uint256 openBy);
/// @dev The terms differ from the standing offer.
error TermsOutsideOffer();
