// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Implausible} from "../ChargeErrors.sol";

/// @notice What registers, clocks and power can be true together (R29).
library Plausibility {
    /// @dev How far a station's clock may be off, seconds.
    uint256 private constant CLOCK_TOLERANCE = 5 minutes;
    /// @dev Slack on the power cap: register resolution and ramp, Wh.
    uint256 private constant ENERGY_TOLERANCE = 100;

    struct Delivery {
        uint256 startWh;
        uint256 endWh;
        uint256 startedAt;
        uint256 endedAt;
        uint256 chargingSeconds;
        uint256 idleSeconds;
    }

    /// @param openedAt When the session was opened, Unix seconds.
    /// @param maxPowerW The power cap in the terms, W.
    function check(Delivery memory d, uint256 openedAt, uint256 maxPowerW) internal view {
        if (d.startedAt + CLOCK_TOLERANCE < openedAt) revert Implausible();
        if (d.endedAt < d.startedAt || d.endedAt > block.timestamp + CLOCK_TOLERANCE) revert Implausible();
        uint256 duration = d.endedAt - d.startedAt;
        if (d.chargingSeconds + d.idleSeconds > duration) revert Implausible();
        if (d.endWh < d.startWh) revert Implausible();
        if (d.endWh - d.startWh > maxPowerW * duration / 3600 + ENERGY_TOLERANCE) revert Implausible();
    }
}
