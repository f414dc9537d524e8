// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Implausible} from "../ChargeErrors.sol";

/// @notice What registers, clocks and power can be true together (R29).
library Plausibility {
    /// @dev How far a station's clock may be off, seconds.
    uint256 private constant CLOCK_TOLERANCE = 5 minutes;
    /// @dev Slack on the power cap for register resolution and ramps, Wh.
    uint256 private constant ENERGY_TOLERANCE = 100;

    /// @notice Reverts unless the clocks fit each other, the session's opening and now. All in seconds, of at most 48 bits.
    function checkTimes(uint256 openedAt, uint256 startedAt, uint256 endedAt, uint256 chargingAndIdle) internal view {
        // At most 48 bits each: no sum here can overflow.
        unchecked {
            if (startedAt + CLOCK_TOLERANCE < openedAt) revert Implausible();
            if (endedAt < startedAt || endedAt > block.timestamp + CLOCK_TOLERANCE) revert Implausible();
            if (chargingAndIdle > endedAt - startedAt) revert Implausible();
        }
    }

    /// @notice Reverts unless the registers rise by no more than full power allows.
    /// @param maxPowerW The cap in the terms, W.
    /// @param duration Seconds, of at most 48 bits.
    /// @return energyWh The difference of the registers, Wh.
    function checkEnergy(uint256 startWh, uint256 endWh, uint256 maxPowerW, uint256 duration)
        internal
        pure
        returns (uint256 energyWh)
    {
        // Registers have 64 bits, power 32: no step here can overflow.
        unchecked {
            if (endWh < startWh) revert Implausible();
            energyWh = endWh - startWh;
            if (energyWh > maxPowerW * duration / 3600 + ENERGY_TOLERANCE) revert Implausible();
        }
    }
}
