// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {
    ChargeReceipt,
    ChargeTerms,
    MeterEvidence,
    MeterRecord,
    OperatorConsent,
    ProvenRecord,
    RecordKind
} from "./ChargeTypes.sol";
import {
    AmountTooLarge,
    BadMeterSignature,
    BondTooLarge,
    ConsentMissing,
    DisputeWindowOutOfRange,
    Implausible,
    MeterKeyCompromised,
    MeterKeyMissing,
    NotAuthorised,
    NotUnderRoot,
    OperatorUnknown,
    PayeeMismatch,
    QuoteExpired,
    SessionKeyNotAllowed,
    SettleByOutOfRange,
    StartByOutOfRange,
    WrongMeterKey,
    WrongRecordKind,
    WrongSession,
    ZeroAmount
} from "./ChargeErrors.sol";
import {IChargeRules} from "./interfaces/IChargeRules.sol";
import {IEvseRegistry} from "./interfaces/IEvseRegistry.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {Plausibility} from "./libraries/Plausibility.sol";
import {PriceBound} from "./libraries/PriceBound.sol";
import {Scopes} from "./libraries/Scopes.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title ChargeRules
/// @notice The escrow's rule book: which terms may be opened, and what meter records prove. Stateless; it only reads
/// the registries. No exit of money passes through here (R47): a session that is open ends without this contract.
contract ChargeRules is IChargeRules {
    using ChargeHashes for MeterRecord;
    using Plausibility for Plausibility.Delivery;
    using PriceBound for ChargeTerms;

    /// @notice Largest dispute bond, smallest units (R27).
    uint256 public constant MAX_BOND = 2_000_000;
    /// @notice startBy lies at most this long after openBy, seconds (R3).
    uint256 public constant MAX_START_DELAY = 24 hours;
    /// @notice settleBy lies at least this long after startBy, seconds (R3).
    uint256 public constant MIN_SETTLE_PERIOD = 24 hours;
    /// @notice settleBy lies at most this far ahead, seconds (R3).
    uint256 public constant MAX_LIFE = 30 days;
    /// @notice Shortest dispute window, seconds (R3).
    uint256 public constant MIN_DISPUTE_WINDOW = 1 hours;
    /// @notice Longest dispute window, seconds (R3).
    uint256 public constant MAX_DISPUTE_WINDOW = 7 days;
    /// @dev The bond is at most maxAmount / 20 = 5 % (R27).
    uint256 private constant BOND_DIVISOR = 20;

    /// @notice The EVSE registry standing offers and flagged meter keys are read from.
    IEvseRegistry public immutable EVSES;
    /// @inheritdoc IChargeRules
    IOperatorRegistry public immutable OPERATORS;
    /// @notice The only P-256 verifier a meter key may name (R21).
    address public immutable VERIFIER;

    constructor(IEvseRegistry evses) {
        EVSES = evses;
        OPERATORS = evses.OPERATORS();
        VERIFIER = evses.VERIFIER();
    }

    // ---- The agreement

    /// @inheritdoc IChargeRules
    function requireAgreed(
        ChargeTerms calldata terms,
        OperatorConsent calldata consent,
        bytes32 quoteDigest,
        address sender
    ) external view {
        _checkClock(terms);
        _checkMoney(terms);
        address signer = consent.signer;
        (address payout, bool mayQuote, bool belongs) =
            OPERATORS.opening(terms.operatorId, signer, terms.sessionKey);
        if (payout == address(0)) revert OperatorUnknown(terms.operatorId);
        if (terms.payee != payout) revert PayeeMismatch(payout, terms.payee); // R16
        _checkSessionKey(terms, belongs);
        if (signer == address(0)) {
            if (consent.offer.length != 1) revert ConsentMissing();
            EVSES.requireCovered(terms, consent.offer[0]); // R10
        } else {
            if (!mayQuote) revert NotAuthorised(terms.operatorId, signer, Scopes.QUOTE); // R18
            Signatures.requireSigned(signer, sender, quoteDigest, consent.signature);
        }
    }

    /// @dev R3.
    function _checkClock(ChargeTerms calldata terms) private view {
        uint256 openBy = terms.openBy;
        uint256 startBy = terms.startBy;
        uint256 settleBy = terms.settleBy;
        if (block.timestamp > openBy) revert QuoteExpired(openBy);
        if (startBy < openBy || startBy > openBy + MAX_START_DELAY) revert StartByOutOfRange(startBy);
        if (settleBy < startBy + MIN_SETTLE_PERIOD || settleBy > block.timestamp + MAX_LIFE) {
            revert SettleByOutOfRange(settleBy);
        }
        if (terms.disputeWindow < MIN_DISPUTE_WINDOW || terms.disputeWindow > MAX_DISPUTE_WINDOW) {
            revert DisputeWindowOutOfRange(terms.disputeWindow);
        }
    }

    /// @dev R3, R27.
    function _checkMoney(ChargeTerms calldata terms) private pure {
        uint256 maxAmount = terms.maxAmount;
        if (maxAmount == 0) revert ZeroAmount();
        if (maxAmount > type(uint64).max) revert AmountTooLarge(maxAmount);
        if (terms.disputeBond > MAX_BOND || terms.disputeBond > maxAmount / BOND_DIVISOR) {
            revert BondTooLarge(terms.disputeBond);
        }
        if (terms.meterKeyHash == 0) revert MeterKeyMissing();
    }

    /// @dev R22: a key the operator holds cannot co-sign for the driver.
    function _checkSessionKey(ChargeTerms calldata terms, bool belongs) private pure {
        address key = terms.sessionKey;
        if (key == address(0)) return;
        if (belongs || key == terms.payee || keccak256(abi.encodePacked(key)) == terms.meterKeyHash) {
            revert SessionKeyNotAllowed(key);
        }
    }

    // ---- The evidence

    /// @inheritdoc IChargeRules
    function requireStart(
        ChargeTerms calldata terms,
        MeterRecord calldata record,
        bytes calldata meterKey,
        bytes calldata signature,
        bytes32 sessionId,
        bytes32 domain,
        uint256 openedAt
    ) external view {
        _checkMeterKey(terms, meterKey);
        if (record.sessionId != sessionId) revert WrongSession(sessionId, record.sessionId);
        if (record.kind != RecordKind.Start) revert WrongRecordKind();
        if (!_isMeterSignature(meterKey, MessageHashUtils.toTypedDataHash(domain, record.hash()), signature)) {
            revert BadMeterSignature();
        }
        Plausibility.Delivery(record.wh, record.wh, record.time, record.time, 0, 0).check(openedAt, terms.maxPowerW);
    }

    /// @inheritdoc IChargeRules
    /// @dev What the records show counts, but nowhere more than the receipt claimed (R25).
    function provenBound(
        ChargeTerms calldata terms,
        ChargeReceipt calldata receipt,
        MeterEvidence calldata evidence,
        bytes32 domain,
        uint256 openedAt
    ) external view returns (uint256) {
        _checkMeterKey(terms, evidence.meterKey);
        _checkProven(evidence.start, RecordKind.Start, receipt, evidence.meterKey, domain);
        _checkProven(evidence.end, RecordKind.End, receipt, evidence.meterKey, domain);
        MeterRecord calldata start = evidence.start.record;
        MeterRecord calldata end = evidence.end.record;
        if (end.counter <= start.counter) revert Implausible();
        Plausibility.Delivery(start.wh, end.wh, start.time, end.time, end.chargingSeconds, end.idleSeconds)
            .check(openedAt, terms.maxPowerW);
        return terms.bound(
            Math.min(end.wh - start.wh, receipt.endWh - receipt.startWh),
            Math.min(end.chargingSeconds, receipt.chargingSeconds),
            Math.min(end.idleSeconds, receipt.idleSeconds)
        );
    }

    function _checkProven(
        ProvenRecord calldata item,
        RecordKind kind,
        ChargeReceipt calldata receipt,
        bytes calldata meterKey,
        bytes32 domain
    ) private view {
        MeterRecord calldata record = item.record;
        if (record.sessionId != receipt.sessionId) revert WrongSession(receipt.sessionId, record.sessionId);
        if (record.kind != kind) revert WrongRecordKind();
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, record.hash());
        if (!_isMeterSignature(meterKey, digest, item.signature)) revert BadMeterSignature();
        // The leaf of OpenZeppelin's merkle-tree library: keccak(keccak(abi.encode(digest))).
        bytes32 leaf = keccak256(abi.encode(keccak256(abi.encode(digest))));
        if (!MerkleProof.verifyCalldata(item.proof, receipt.meterRoot, leaf)) revert NotUnderRoot(digest);
    }

    /// @dev R18, R19: the key pinned in the terms, unless flagged.
    function _checkMeterKey(ChargeTerms calldata terms, bytes calldata meterKey) private view {
        bytes32 meterKeyHash = keccak256(meterKey);
        if (meterKeyHash != terms.meterKeyHash) revert WrongMeterKey(terms.meterKeyHash, meterKeyHash);
        if (EVSES.isCompromised(terms.operatorId, meterKeyHash)) revert MeterKeyCompromised(meterKeyHash);
    }

    /// @dev R21: an address signs by ECDSA only; a P-256 key is checked by the one verifier only.
    function _isMeterSignature(bytes calldata meterKey, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool)
    {
        if (meterKey.length == 20) return Signatures.isEcdsa(address(bytes20(meterKey)), digest, signature);
        if (meterKey.length != 84 || address(bytes20(meterKey[:20])) != VERIFIER) return false;
        return IERC7913SignatureVerifier(VERIFIER).verify(meterKey[20:], digest, signature)
            == IERC7913SignatureVerifier.verify.selector;
    }
}
