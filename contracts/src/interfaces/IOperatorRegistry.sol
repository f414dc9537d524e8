// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What the other contracts ask the operator registry.
interface IOperatorRegistry {
    /// @notice Whether `account` is the operator's owner, or a live delegate with all of `scopes`.
    function isAuthorised(bytes32 operatorId, address account, uint8 scopes) external view returns (bool);

    /// @notice The account that receives the operator's money now; 0 for an unknown operator.
    function payoutOf(bytes32 operatorId) external view returns (address);

    /// @notice The operator's OCPI party, country code and party id.
    function partyOf(bytes32 operatorId) external view returns (bytes5);

    /// @notice Reverts unless the operator quoted: `payee` is its payout, `sessionKey` is not its own, and `signer` is its
    /// owner or a live QUOTE delegate who is the sender or signed `digest`.
    function requireQuoted(
        bytes32 operatorId,
        address payee,
        address sessionKey,
        address signer,
        bytes32 digest,
        bytes calldata signature,
        address sender
    ) external view;

    /// @notice Reverts unless `payee` is the operator's payout (R16) and `sessionKey` is neither the payout, nor the owner,
    /// nor was made a delegate (R22).
    function requireOurs(bytes32 operatorId, address payee, address sessionKey) external view;

    /// @notice Whose credit `signer` may move for the operator, and how much a day.
    /// @return owner The operator's owner, whose credit pays.
    /// @return capPerDay Smallest units per token and UTC day; the owner has no cap, others than PAY delegates have 0.
    function payAuthority(bytes32 operatorId, address signer) external view returns (address owner, uint256 capPerDay);
}
