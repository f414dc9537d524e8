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

    /// @notice All that opening a session needs, in one call.
    /// @return payout The operator's payout account.
    /// @return mayQuote Whether `signer` may sign quotes.
    /// @return belongs Whether `sessionKey` is the owner or was made a delegate.
    function opening(bytes32 operatorId, address signer, address sessionKey)
        external
        view
        returns (address payout, bool mayQuote, bool belongs);

    /// @notice Whose credit `signer` may move for the operator, and how much a day.
    /// @return owner The operator's owner, whose credit pays.
    /// @return capPerDay Smallest units per token and UTC day; the owner has no cap, others than PAY delegates have 0.
    function payAuthority(bytes32 operatorId, address signer) external view returns (address owner, uint256 capPerDay);
}
