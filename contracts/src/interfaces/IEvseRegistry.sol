// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeTerms, StandingOffer} from "../ChargeTypes.sol";
import {IOperatorRegistry} from "./IOperatorRegistry.sol";

/// @notice What the escrow asks the EVSE registry.
interface IEvseRegistry {
    /// @notice The operator registry this one obeys.
    function OPERATORS() external view returns (IOperatorRegistry);

    /// @notice The one P-256 verifier meter keys may name.
    function VERIFIER() external view returns (address);

    /// @notice Reverts unless `offer` stands for the terms' EVSE now and covers the terms, and the operator registry's
    /// `requireOurs` holds.
    function requireCovered(ChargeTerms calldata terms, StandingOffer calldata offer) external view;

    /// @notice Whether the operator flagged this meter key.
    function isCompromised(bytes32 operatorId, bytes32 meterKeyHash) external view returns (bool);
}
