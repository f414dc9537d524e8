// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @dev What a test contract needs and no more: forge's own cheatcodes do the asserting.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev forge looks for this to know a test contract.
    function IS_TEST() external pure returns (bool) {
        return true;
    }

    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 size = high - low + 1; // 0 = the whole range
        return size == 0 ? value : low + value % size;
    }
}
