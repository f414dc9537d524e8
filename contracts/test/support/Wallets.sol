// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev A contract wallet (EIP-1271) of one key.
contract SmartWallet {
    address private immutable KEY;
    bool private refusing;

    constructor(address key) {
        KEY = key;
    }

    function refuse() external {
        refusing = true;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (refusing || signature.length != 65) return 0xffffffff;
        address signer =
            ecrecover(digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == KEY ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function call(address to, bytes calldata data) external returns (bytes memory) {
        (bool ok, bytes memory result) = to.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }
}

/// @dev Code an EIP-7702 account may delegate to that knows nothing of EIP-1271.
contract PlainDelegate {
    function ping() external pure returns (uint256) {
        return 1;
    }
}
