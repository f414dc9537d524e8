// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title P256MeterVerifier
/// @notice Verifies meter signatures on secp256r1, the curve of OCMF and of most secure elements. Stateless.
/// @dev Uses the RIP-7212 / EIP-7951 precompile where the chain has it.
contract P256MeterVerifier is IERC7913SignatureVerifier {
    /// @notice Checks one signature.
    /// @param key x || y, 64 bytes, uncompressed without the leading 0x04.
    /// @param hash The EIP-712 digest that was signed.
    /// @param signature r || s, 64 bytes, s in the lower half (normalise off chain).
    /// @return `verify.selector` when valid, 0xffffffff otherwise.
    function verify(bytes calldata key, bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (key.length != 64 || signature.length != 64) return 0xFFFFFFFF;
        bool valid =
            P256.verify(hash, bytes32(signature[:32]), bytes32(signature[32:]), bytes32(key[:32]), bytes32(key[32:]));
        return valid ? IERC7913SignatureVerifier.verify.selector : bytes4(0xFFFFFFFF);
    }
}
