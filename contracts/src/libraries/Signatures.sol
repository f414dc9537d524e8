// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {BadSignature} from "../ChargeErrors.sol";

/// @notice Whose word a signature is (R20, R21).
library Signatures {
    /// @notice Reverts unless `account` sent this call itself or signed `digest`: as EOA, also one with EIP-7702 code, or
    /// as contract by EIP-1271.
    function requireSigned(address account, address sender, bytes32 digest, bytes calldata signature) internal view {
        if (account == sender || isEcdsa(account, digest, signature)) return;
        if (
            account.code.length != 0
                && SignatureChecker.isValidERC1271SignatureNowCalldata(account, digest, signature)
        ) return;
        revert BadSignature(account);
    }

    /// @notice Whether `signature` (r, s, v: 65 bytes, low s) over `digest` recovers to `account`.
    function isEcdsa(address account, bytes32 digest, bytes calldata signature) internal pure returns (bool) {
        (address recovered, ECDSA.RecoverError err,) = ECDSA.tryRecoverCalldata(digest, signature);
        return err == ECDSA.RecoverError.NoError && recovered == account;
    }
}
