// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TermsWords} from "./Layout.sol";

/// @notice The most a session may cost under the signed prices (R31). packages/core holds its twin, on shared vectors.
library PriceBound {
    /// @param terms The signed prices, in smallest units per start, kWh and minute.
    /// @param energyWh Delivered energy, Wh.
    /// @param chargingSeconds Time charging, seconds.
    /// @param idleSeconds Time connected without charging, seconds.
    /// @return The bound in smallest units: one division, rounded down.
    function bound(TermsWords calldata terms, uint256 energyWh, uint256 chargingSeconds, uint256 idleSeconds)
        internal
        pure
        returns (uint256)
    {
        // Inputs have at most 64 bits: the largest product has 134.
        unchecked {
            uint256 energy = energyWh * terms.pricePerKWh * 60;
            uint256 charging = chargingSeconds * terms.pricePerMinute * 1000;
            uint256 idle = idleSeconds * terms.idlePerMinute * 1000;
            return terms.startFee + (energy + charging + idle) / 60_000;
        }
    }
}
