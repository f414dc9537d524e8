// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev Stands in for OpenZeppelin's P256 where tools/coverage.ts measures, because that one does not compile without the optimizer.
/// The curve's precompile (EIP-7951) does the work, so the answers are the same; the tests of every other run meet the real one.
library P256 {
    uint256 private constant P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
    uint256 private constant HALF_N = 0x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8;
    uint256 private constant B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B;

    function verify(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) internal view returns (bool) {
        if (uint256(s) > HALF_N) return false;
        (bool ok, bytes memory answer) = address(0x100).staticcall(abi.encode(hash, r, s, x, y));
        return ok && answer.length == 32;
    }

    function isValidPublicKey(bytes32 x, bytes32 y) internal pure returns (bool) {
        (uint256 a, uint256 b) = (uint256(x), uint256(y));
        if (a >= P || b >= P) return false;
        uint256 right = addmod(mulmod(mulmod(a, a, P), a, P), addmod(mulmod(P - 3, a, P), B, P), P);
        return mulmod(b, b, P) == right;
    }
}
