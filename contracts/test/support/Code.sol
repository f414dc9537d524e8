// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @dev Deploys a contract under test. The mutation check points WERENODE_MUTANT at a folder with a changed contract's
/// creation code, so that tests need not be compiled again for each mutant.
library Code {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function deploy(string memory name, bytes memory creation, bytes memory args) internal returns (address deployed) {
        bytes memory code = abi.encodePacked(_chosen(name, creation), args);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    function _chosen(string memory name, bytes memory creation) private view returns (bytes memory) {
        string memory folder = vm.envOr("WERENODE_MUTANT", "");
        if (bytes(folder).length == 0) return creation;
        string memory path = string.concat(folder, "/", name, ".hex");
        return vm.exists(path) ? vm.parseBytes(vm.readFile(path)) : creation;
    }
}
