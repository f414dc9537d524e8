// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {
    ChargeTerms, EvseListing, EvseRegistration, KeyClass, OfferUpdate, StandingOffer
} from "./ChargeTypes.sol";
import {
    BadBatchSize,
    BadMeterKey,
    BadPosition,
    BadValidity,
    EvseExists,
    EvseInactive,
    EvseUnknown,
    MeterKeyTooSoon,
    NotAuthorised,
    OfferExpired,
    OfferMismatch,
    OfferMissing,
    OpenByTooFar,
    OperatorUnknown,
    TermsOutsideOffer,
    ZeroAddress
} from "./ChargeErrors.sol";
import {IEvseRegistry} from "./interfaces/IEvseRegistry.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {EvseIds} from "./libraries/EvseIds.sol";
import {Scopes} from "./libraries/Scopes.sol";

/// @title EvseRegistry
/// @notice The plugs of every operator: what a map shows, the meter key whose word counts, and the standing offer that
/// lets a driver open a session without asking. Records are keyed by (operatorId, evseIdHash), so nobody can squat an
/// id (R44). The hash of a public EVSE id hides nothing (R46). Nobody owns or upgrades this contract.
contract EvseRegistry is IEvseRegistry {
    using ChargeHashes for StandingOffer;

    /// @notice A standing offer lives at most this long without renewal (R11).
    uint48 public constant MAX_OFFER_LIFE = 30 days;
    /// @notice A standing open names openBy at most this far ahead (R12).
    uint48 public constant MAX_STANDING_OPEN = 15 minutes;
    /// @notice How long a replacing meter key waits before it counts (R26).
    uint48 public constant METER_KEY_DELAY = 24 hours;
    /// @notice Most items in one batch call.
    uint256 public constant MAX_BATCH = 100;

    struct Evse {
        bytes32 offerHash; // 0 = no standing offer
        bytes32 meterKeyHash;
        bytes32 nextMeterKeyHash;
        uint48 nextMeterKeyFrom; // Unix seconds; 0 = no replacement pending
        uint48 offerValidUntil; // Unix seconds, inclusive
        bool registered;
        bool active;
    }

    /// @inheritdoc IEvseRegistry
    IOperatorRegistry public immutable OPERATORS;
    /// @inheritdoc IEvseRegistry
    address public immutable VERIFIER;

    mapping(bytes32 operatorId => mapping(bytes32 evseIdHash => Evse)) private _evses;
    mapping(bytes32 operatorId => mapping(bytes32 meterKeyHash => bool)) private _compromised;

    /// @notice An EVSE was registered or its listing changed; with `EvseActive` all that a map needs.
    event EvseListed(bytes32 indexed operatorId, bytes32 indexed evseIdHash, EvseListing listing);
    /// @notice An EVSE opened or closed for standing opens.
    event EvseActive(bytes32 indexed operatorId, bytes32 indexed evseIdHash, bool active);
    /// @notice A meter key counts from `validFrom` (Unix seconds); the history of keys is the history of this event.
    event MeterKeySet(
        bytes32 indexed operatorId,
        bytes32 indexed evseIdHash,
        bytes32 indexed meterKeyHash,
        bytes meterKey,
        KeyClass keyClass,
        uint48 validFrom
    );
    /// @notice A meter key no longer signs anything that counts (R19).
    event MeterKeyFlagged(bytes32 indexed operatorId, bytes32 indexed meterKeyHash);
    /// @notice A standing offer was set; the event carries the preimage an open needs (R10).
    event OfferSet(
        bytes32 indexed operatorId, bytes32 indexed evseIdHash, bytes32 offerHash, StandingOffer offer, uint48 validUntil
    );
    /// @notice A standing offer's life was prolonged to `validUntil` (Unix seconds).
    event OfferRenewed(bytes32 indexed operatorId, bytes32 indexed evseIdHash, uint48 validUntil);
    /// @notice A standing offer was withdrawn.
    event OfferWithdrawn(bytes32 indexed operatorId, bytes32 indexed evseIdHash);

    modifier only(bytes32 operatorId, uint8 scopes) {
        if (!OPERATORS.isAuthorised(operatorId, msg.sender, scopes)) {
            revert NotAuthorised(operatorId, msg.sender, scopes);
        }
        _;
    }

    modifier batch(uint256 size) {
        if (size == 0 || size > MAX_BATCH) revert BadBatchSize(size);
        _;
    }

    constructor(IOperatorRegistry operators, address verifier) {
        if (address(operators) == address(0) || verifier == address(0)) revert ZeroAddress();
        OPERATORS = operators;
        VERIFIER = verifier;
    }

    // ---- Listing

    /// @notice Registers EVSEs with their first meter keys, which count at once (R26). Scopes EVSE and METER.
    /// @param items 1 to 100 registrations; positions in degrees x 10^7, power in W.
    function registerBatch(bytes32 operatorId, EvseRegistration[] calldata items)
        external
        only(operatorId, Scopes.EVSE | Scopes.METER)
        batch(items.length)
    {
        bytes5 party = _party(operatorId);
        for (uint256 i = 0; i < items.length; ++i) {
            _register(operatorId, party, items[i]);
        }
    }

    /// @notice Replaces what maps show. Scope EVSE.
    function setListings(bytes32 operatorId, EvseListing[] calldata listings)
        external
        only(operatorId, Scopes.EVSE)
        batch(listings.length)
    {
        bytes5 party = _party(operatorId);
        for (uint256 i = 0; i < listings.length; ++i) {
            bytes32 evseIdHash = EvseIds.hashOf(listings[i].evseId, party);
            _known(operatorId, evseIdHash);
            _list(operatorId, evseIdHash, listings[i]);
        }
    }

    /// @notice Opens or closes EVSEs for standing opens. Signed quotes bind regardless (R12). Scope EVSE.
    function setActive(bytes32 operatorId, bytes32[] calldata evseIdHashes, bool active)
        external
        only(operatorId, Scopes.EVSE)
        batch(evseIdHashes.length)
    {
        for (uint256 i = 0; i < evseIdHashes.length; ++i) {
            _known(operatorId, evseIdHashes[i]).active = active;
            emit EvseActive(operatorId, evseIdHashes[i], active);
        }
    }

    // ---- Meter keys

    /// @notice Replaces an EVSE's meter key from `validFrom`, at least 24 h ahead (R26). Scope METER.
    /// @dev Replacing a pending replacement restarts its delay; the key in force stays until then.
    function setMeterKey(
        bytes32 operatorId,
        bytes32 evseIdHash,
        bytes calldata meterKey,
        KeyClass keyClass,
        uint48 validFrom
    ) external only(operatorId, Scopes.METER) {
        Evse storage evse = _known(operatorId, evseIdHash);
        if (validFrom < block.timestamp + METER_KEY_DELAY) revert MeterKeyTooSoon(block.timestamp + METER_KEY_DELAY);
        evse.meterKeyHash = _keyInForce(evse);
        evse.nextMeterKeyHash = _checkKey(meterKey);
        evse.nextMeterKeyFrom = validFrom;
        emit MeterKeySet(operatorId, evseIdHash, evse.nextMeterKeyHash, meterKey, keyClass, validFrom);
    }

    /// @notice Flags a meter key as compromised, for ever: it proves nothing any more (R19). Scope METER.
    function flagMeterKey(bytes32 operatorId, bytes32 meterKeyHash) external only(operatorId, Scopes.METER) {
        _compromised[operatorId][meterKeyHash] = true;
        emit MeterKeyFlagged(operatorId, meterKeyHash);
    }

    // ---- Standing offers

    /// @notice Sets or replaces standing offers (R10). Scope QUOTE.
    function setOffers(bytes32 operatorId, OfferUpdate[] calldata updates)
        external
        only(operatorId, Scopes.QUOTE)
        batch(updates.length)
    {
        for (uint256 i = 0; i < updates.length; ++i) {
            OfferUpdate calldata update = updates[i];
            Evse storage evse = _known(operatorId, update.evseIdHash);
            _checkValidity(update.validUntil);
            bytes32 offerHash = update.offer.hash();
            evse.offerHash = offerHash;
            evse.offerValidUntil = update.validUntil;
            emit OfferSet(operatorId, update.evseIdHash, offerHash, update.offer, update.validUntil);
        }
    }

    /// @notice Prolongs standing offers, so that a dead operator's plugs close by themselves (R11). Scope QUOTE.
    /// @param validUntil Unix seconds, at most 30 days ahead.
    function renewOffers(bytes32 operatorId, bytes32[] calldata evseIdHashes, uint48 validUntil)
        external
        only(operatorId, Scopes.QUOTE)
        batch(evseIdHashes.length)
    {
        _checkValidity(validUntil);
        for (uint256 i = 0; i < evseIdHashes.length; ++i) {
            Evse storage evse = _known(operatorId, evseIdHashes[i]);
            if (evse.offerHash == 0) revert OfferMissing(operatorId, evseIdHashes[i]);
            evse.offerValidUntil = validUntil;
            emit OfferRenewed(operatorId, evseIdHashes[i], validUntil);
        }
    }

    /// @notice Withdraws standing offers. Scope QUOTE.
    function withdrawOffers(bytes32 operatorId, bytes32[] calldata evseIdHashes)
        external
        only(operatorId, Scopes.QUOTE)
        batch(evseIdHashes.length)
    {
        for (uint256 i = 0; i < evseIdHashes.length; ++i) {
            Evse storage evse = _known(operatorId, evseIdHashes[i]);
            evse.offerHash = 0;
            evse.offerValidUntil = 0;
            emit OfferWithdrawn(operatorId, evseIdHashes[i]);
        }
    }

    // ---- Views

    /// @inheritdoc IEvseRegistry
    function requireCovered(ChargeTerms calldata terms, StandingOffer calldata offer) external view {
        OPERATORS.requireOurs(terms.operatorId, terms.payee, terms.sessionKey);
        Evse storage evse = _known(terms.operatorId, terms.evseIdHash);
        if (!evse.active) revert EvseInactive(terms.operatorId, terms.evseIdHash);
        bytes32 stored = evse.offerHash;
        if (stored == 0) revert OfferMissing(terms.operatorId, terms.evseIdHash);
        bytes32 given = offer.hash();
        if (given != stored) revert OfferMismatch(stored, given);
        if (block.timestamp > evse.offerValidUntil) revert OfferExpired(evse.offerValidUntil);
        if (terms.openBy > block.timestamp + MAX_STANDING_OPEN) revert OpenByTooFar(terms.openBy);
        if (terms.meterKeyHash != _keyInForce(evse)) revert TermsOutsideOffer();
        if (!_covers(offer, terms)) revert TermsOutsideOffer();
    }

    /// @inheritdoc IEvseRegistry
    function isCompromised(bytes32 operatorId, bytes32 meterKeyHash) external view returns (bool) {
        return _compromised[operatorId][meterKeyHash];
    }

    /// @notice The stored record of an EVSE; all zero if unknown.
    function evseOf(bytes32 operatorId, bytes32 evseIdHash) external view returns (Evse memory) {
        return _evses[operatorId][evseIdHash];
    }

    /// @notice The hash of the meter key in force for an EVSE now; 0 if the EVSE is unknown.
    function meterKeyHashOf(bytes32 operatorId, bytes32 evseIdHash) external view returns (bytes32) {
        return _keyInForce(_evses[operatorId][evseIdHash]);
    }

    /// @notice The hash an EVSE id of `operatorId` is known by (R45).
    function evseIdHashOf(bytes32 operatorId, string calldata evseId) external view returns (bytes32) {
        return EvseIds.hashOf(evseId, _party(operatorId));
    }

    // ---- Inside

    function _register(bytes32 operatorId, bytes5 party, EvseRegistration calldata item) private {
        bytes32 evseIdHash = EvseIds.hashOf(item.listing.evseId, party);
        Evse storage evse = _evses[operatorId][evseIdHash];
        if (evse.registered) revert EvseExists(operatorId, evseIdHash);
        bytes32 meterKeyHash = _checkKey(item.meterKey);
        evse.registered = true;
        evse.active = item.active;
        evse.meterKeyHash = meterKeyHash;
        _list(operatorId, evseIdHash, item.listing);
        emit EvseActive(operatorId, evseIdHash, item.active);
        emit MeterKeySet(
            operatorId, evseIdHash, meterKeyHash, item.meterKey, item.keyClass, uint48(block.timestamp)
        );
    }

    function _list(bytes32 operatorId, bytes32 evseIdHash, EvseListing calldata listing) private {
        if (
            listing.latitudeE7 < -900_000_000 || listing.latitudeE7 > 900_000_000
                || listing.longitudeE7 < -1_800_000_000 || listing.longitudeE7 > 1_800_000_000
        ) revert BadPosition(listing.latitudeE7, listing.longitudeE7);
        emit EvseListed(operatorId, evseIdHash, listing);
    }

    function _party(bytes32 operatorId) private view returns (bytes5 party) {
        party = OPERATORS.partyOf(operatorId);
        if (party == 0) revert OperatorUnknown(operatorId);
    }

    function _known(bytes32 operatorId, bytes32 evseIdHash) private view returns (Evse storage evse) {
        evse = _evses[operatorId][evseIdHash];
        if (!evse.registered) revert EvseUnknown(operatorId, evseIdHash);
    }

    function _keyInForce(Evse storage evse) private view returns (bytes32) {
        uint48 from = evse.nextMeterKeyFrom;
        return from != 0 && block.timestamp >= from ? evse.nextMeterKeyHash : evse.meterKeyHash;
    }

    /// @dev R21: an address without code, or a point of secp256r1 behind the one verifier.
    function _checkKey(bytes calldata meterKey) private view returns (bytes32) {
        if (meterKey.length == 20) {
            address account = address(bytes20(meterKey));
            if (account == address(0) || account.code.length != 0) revert BadMeterKey();
        } else if (meterKey.length == 84) {
            if (address(bytes20(meterKey[:20])) != VERIFIER) revert BadMeterKey();
            if (!P256.isValidPublicKey(bytes32(meterKey[20:52]), bytes32(meterKey[52:84]))) revert BadMeterKey();
        } else {
            revert BadMeterKey();
        }
        return keccak256(meterKey);
    }

    function _checkValidity(uint48 validUntil) private view {
        if (validUntil < block.timestamp || validUntil > block.timestamp + MAX_OFFER_LIFE) {
            revert BadValidity(validUntil);
        }
    }

    /// @dev R10: every term equal to the offer or inside its bounds.
    function _covers(StandingOffer calldata offer, ChargeTerms calldata terms) private pure returns (bool) {
        return _coversPrice(offer, terms) && _coversSafeguards(offer, terms) && _coversClock(offer, terms)
            && terms.token == offer.token && terms.payee == offer.payee && terms.maxAmount >= offer.minAmount
            && terms.maxAmount <= offer.maxAmount && terms.connector < 256
            && (offer.connectors >> terms.connector) & 1 == 1;
    }

    function _coversPrice(StandingOffer calldata offer, ChargeTerms calldata terms) private pure returns (bool) {
        return terms.startFee == offer.startFee && terms.pricePerKWh == offer.pricePerKWh
            && terms.pricePerMinute == offer.pricePerMinute && terms.idlePerMinute == offer.idlePerMinute
            && terms.tariffHash == offer.tariffHash;
    }

    function _coversSafeguards(StandingOffer calldata offer, ChargeTerms calldata terms) private pure returns (bool) {
        return terms.meterKeyHash == offer.meterKeyHash && terms.maxPowerW == offer.maxPowerW
            && terms.disputeWindow == offer.disputeWindow && terms.disputeBond == offer.disputeBond;
    }

    function _coversClock(StandingOffer calldata offer, ChargeTerms calldata terms) private pure returns (bool) {
        return terms.startBy == uint256(terms.openBy) + offer.startDelay
            && terms.settleBy == uint256(terms.startBy) + offer.settlePeriod;
    }
}
