// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @dev Deploys a contract under test by its name: the committed artifact, which is what will be deployed. For coverage
/// WERENODE_CODE = forge takes forge's own build; the mutation check points WERENODE_MUTANT at a folder with a changed
/// contract's creation code, so that nothing is compiled again for a mutant.
library Code {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function deploy(string memory name, bytes memory args) internal returns (address deployed) {
        bytes memory code = abi.encodePacked(creationOf(name), args);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    function creationOf(string memory name) internal view returns (bytes memory) {
        string memory folder = vm.envOr("WERENODE_MUTANT", "");
        if (bytes(folder).length != 0) {
            string memory path = string.concat(folder, "/", name, ".hex");
            if (vm.exists(path)) return vm.parseBytes(vm.readFile(path));
        }
        bool own = keccak256(bytes(vm.envOr("WERENODE_CODE", "artifacts"))) == keccak256("forge");
        return vm.getCode(own ? string.concat(name, ".sol:", name) : string.concat("artifacts/", name, ".json"));
    }
}
