// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeReceipt, ChargeTerms, MeterEvidence, MeterRecord} from "../ChargeTypes.sol";
import {IEvseRegistry} from "./IEvseRegistry.sol";

/// @notice What the escrow asks about meter records. Every function only reads.
interface IEvidenceRules {
    /// @notice The EVSE registry, where meter keys are flagged.
    function EVSES() external view returns (IEvseRegistry);

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
