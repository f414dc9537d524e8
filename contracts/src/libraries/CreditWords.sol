// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev An account's credit in one token, in one storage slot: balance (bits 0-127, smallest units), nonce of signed
/// withdrawals (bits 128-247), and a mark (bit 255) that keeps a slot non-zero once it was used, so that a balance which
/// was emptied is cheap to refill.
type CreditWord is uint256;

/// @notice The few things that happen to a credit word, each in one read and one write.
library CreditWords {
    uint256 private constant USED = 1 << 255;
    uint256 private constant ONE_NONCE = 1 << 128;

    function balance(CreditWord word) internal pure returns (uint256) {
        return uint128(CreditWord.unwrap(word));
    }

    function nonce(CreditWord word) internal pure returns (uint256) {
        return uint120(CreditWord.unwrap(word) >> 128);
    }

    /// @dev Amounts have at most 64 bits, so a balance cannot outgrow its 128 in any number of deposits that fits a chain.
    function plus(CreditWord word, uint256 amount) internal pure returns (CreditWord) {
        unchecked {
            return CreditWord.wrap((CreditWord.unwrap(word) + amount) | USED);
        }
    }

    /// @dev The caller has checked that the balance covers `amount`.
    function minus(CreditWord word, uint256 amount) internal pure returns (CreditWord) {
        unchecked {
            return CreditWord.wrap(CreditWord.unwrap(word) - amount);
        }
    }

    function nextNonce(CreditWord word) internal pure returns (CreditWord) {
        unchecked {
            return CreditWord.wrap(CreditWord.unwrap(word) + ONE_NONCE);
        }
    }
}
