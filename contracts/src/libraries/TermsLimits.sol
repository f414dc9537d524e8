// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeTerms} from "../ChargeTypes.sol";
import {
    AmountTooLarge,
    BondTooLarge,
    DisputeWindowOutOfRange,
    MeterKeyMissing,
    QuoteExpired,
    SessionKeyNotAllowed,
    SettleByOutOfRange,
    StartByOutOfRange,
    ZeroAmount
} from "../ChargeErrors.sol";

/// @notice What terms must keep to, whoever agreed to them (R3, R22, R27).
library TermsLimits {
    /// @dev startBy lies at most this long after openBy.
    uint256 private constant MAX_START_DELAY = 24 hours;
    /// @dev settleBy lies at least this long after startBy.
    uint256 private constant MIN_SETTLE_PERIOD = 24 hours;
    /// @dev settleBy lies at most this far ahead.
    uint256 private constant MAX_LIFE = 30 days;
    uint256 private constant MIN_DISPUTE_WINDOW = 1 hours;
    uint256 private constant MAX_DISPUTE_WINDOW = 7 days;
    /// @dev The dispute bond is at most 2 euro ...
    uint256 private constant MAX_BOND = 2_000_000;
    /// @dev ... and at most a twentieth, 5 %, of maxAmount.
    uint256 private constant BOND_DIVISOR = 20;

    function check(ChargeTerms calldata terms) internal view {
        _checkClock(terms.openBy, terms.startBy, terms.settleBy);
        uint256 window = terms.disputeWindow;
        if (window < MIN_DISPUTE_WINDOW || window > MAX_DISPUTE_WINDOW) revert DisputeWindowOutOfRange(window);
        uint256 maxAmount = terms.maxAmount;
        if (maxAmount == 0) revert ZeroAmount();
        if (maxAmount > type(uint64).max) revert AmountTooLarge(maxAmount);
        uint256 bond = terms.disputeBond;
        if (bond > MAX_BOND || bond > maxAmount / BOND_DIVISOR) revert BondTooLarge(bond);
        if (terms.meterKeyHash == 0) revert MeterKeyMissing();
        if (keccak256(abi.encodePacked(terms.sessionKey)) == terms.meterKeyHash) {
            revert SessionKeyNotAllowed(terms.sessionKey);
        }
    }

    function _checkClock(uint256 openBy, uint256 startBy, uint256 settleBy) private view {
        // Times have 48 bits: no sum here can overflow.
        unchecked {
            if (block.timestamp > openBy) revert QuoteExpired(openBy);
            if (startBy < openBy || startBy > openBy + MAX_START_DELAY) revert StartByOutOfRange(startBy);
            if (settleBy < startBy + MIN_SETTLE_PERIOD || settleBy > block.timestamp + MAX_LIFE) {
                revert SettleByOutOfRange(settleBy);
            }
        }
    }
}
