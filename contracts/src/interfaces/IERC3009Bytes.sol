// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The form of ERC-3009 that takes any signature, as USDC and EURC have it since version 2.2 (R20).
interface IERC3009Bytes {
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}
