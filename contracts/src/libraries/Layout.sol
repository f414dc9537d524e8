// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeReceipt, ChargeTerms, ReceiptFigures, TermsCore} from "../ChargeTypes.sol";

/// @dev TermsCore as bare words, for terms that are known to be clean: opening a session validates every field, and a word
/// with dirty high bits never hashes to the id of a session that exists. Reading them costs no second validation.
struct TermsWords {
    uint256 driver;
    bytes32 operatorId;
    uint256 payee;
    uint256 token;
    uint256 source;
    uint256 startFee;
    uint256 pricePerKWh;
    uint256 pricePerMinute;
    uint256 idlePerMinute;
    uint256 maxPowerW;
    uint256 sessionKey;
}

/// @notice Views of a static struct's words as the smaller struct they contain. A test holds the layouts together.
library Layout {
    /// @notice The first eleven words of the terms.
    function core(ChargeTerms calldata terms) internal pure returns (TermsCore calldata part) {
        assembly ("memory-safe") {
            part := terms
        }
    }

    /// @notice The first eleven words of the terms of a session that exists, unchecked.
    function words(ChargeTerms calldata terms) internal pure returns (TermsWords calldata part) {
        assembly ("memory-safe") {
            part := terms
        }
    }

    /// @notice The same of a batch item's terms.
    function words(TermsCore calldata terms) internal pure returns (TermsWords calldata part) {
        assembly ("memory-safe") {
            part := terms
        }
    }

    /// @notice The receipt's words after its session id.
    function figures(ChargeReceipt calldata receipt) internal pure returns (ReceiptFigures calldata part) {
        assembly ("memory-safe") {
            part := add(receipt, 0x20)
        }
    }
}
