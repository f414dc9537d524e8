// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ChargeReceipt, ChargeTerms, MeterEvidence, MeterRecord, ProvenRecord, RecordKind} from "./ChargeTypes.sol";
import {
    BadMeterSignature,
    Implausible,
    MeterKeyCompromised,
    NotUnderRoot,
    WrongMeterKey,
    WrongRecordKind,
    WrongSession
} from "./ChargeErrors.sol";
import {IEvidenceRules} from "./interfaces/IEvidenceRules.sol";
import {IEvseRegistry} from "./interfaces/IEvseRegistry.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {Layout, TermsWords} from "./libraries/Layout.sol";
import {Plausibility} from "./libraries/Plausibility.sol";
import {PriceBound} from "./libraries/PriceBound.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title EvidenceRules
/// @notice What meter records prove (R25). Stateless; it reads the EVSE registry only to refuse flagged keys. No money
/// depends on it for its way out: a session ends without proof when its time is over (R47).
contract EvidenceRules is IEvidenceRules {
    using ChargeHashes for MeterRecord;
    using Layout for ChargeTerms;
    using PriceBound for TermsWords;

    /// @inheritdoc IEvidenceRules
    IEvseRegistry public immutable EVSES;
    /// @notice The only P-256 verifier a meter key may name (R21).
    address public immutable VERIFIER;

    constructor(IEvseRegistry evses) {
        EVSES = evses;
        VERIFIER = evses.VERIFIER();
    }

    /// @inheritdoc IEvidenceRules
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
        Plausibility.checkTimes(openedAt, record.time, record.time, 0);
    }

    /// @inheritdoc IEvidenceRules
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
        Plausibility.checkTimes(openedAt, start.time, end.time, uint256(end.chargingSeconds) + end.idleSeconds);
        uint256 energyWh = Plausibility.checkEnergy(start.wh, end.wh, terms.maxPowerW, end.time - start.time);
        return terms.words().bound(
            Math.min(energyWh, receipt.endWh - receipt.startWh),
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
