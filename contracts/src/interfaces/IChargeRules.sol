// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeReceipt, ChargeTerms, MeterEvidence, MeterRecord, OperatorConsent} from "../ChargeTypes.sol";
import {IOperatorRegistry} from "./IOperatorRegistry.sol";

/// @notice What the escrow asks its rule book. Every function only reads.
interface IChargeRules {
    /// @notice The operator registry the rules obey.
    function OPERATORS() external view returns (IOperatorRegistry);

    /// @notice Reverts unless the terms keep the rules and the operator agreed to them.
    /// @param quoteDigest What a quote's signer signs.
    /// @param sender Who sent the opening; it needs no signature of its own.
    function requireAgreed(
        ChargeTerms calldata terms,
        OperatorConsent calldata consent,
        bytes32 quoteDigest,
        address sender
    ) external view;

    /// @notice Reverts unless `record` is a START record of the terms' meter key for this session.
    /// @param domain The escrow's EIP-712 domain separator.
    /// @param openedAt When the session was opened, Unix seconds.
    function requireStart(
        ChargeTerms calldata terms,
        MeterRecord calldata record,
        bytes calldata meterKey,
        bytes calldata signature,
        bytes32 sessionId,
        bytes32 domain,
        uint256 openedAt
    ) external view;

    /// @notice What the evidence allows under the signed prices, smallest units; reverts if it is no evidence.
    /// @param domain The escrow's EIP-712 domain separator.
    /// @param openedAt When the session was opened, Unix seconds.
    function provenBound(
        ChargeTerms calldata terms,
        ChargeReceipt calldata receipt,
        MeterEvidence calldata evidence,
        bytes32 domain,
        uint256 openedAt
    ) external view returns (uint256);
}
