// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What an operator's owner may hand to a delegate (R17). Withdrawing is not among them.
library Scopes {
    /// @dev Sign quotes, set and renew standing offers, void unopened terms.
    uint8 internal constant QUOTE = 1;
    /// @dev Sign and propose receipts, acknowledge starts.
    uint8 internal constant RECEIPT = 2;
    /// @dev Cancel sessions, concede disputes.
    uint8 internal constant CANCEL = 4;
    /// @dev Register, list, open and close EVSEs.
    uint8 internal constant EVSE = 8;
    /// @dev Set meter keys and flag compromised ones.
    uint8 internal constant METER = 16;
    /// @dev Sign roaming statements within a daily cap.
    uint8 internal constant PAY = 32;
    /// @dev Every scope there is.
    uint8 internal constant ALL = 63;
}
