// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BadEvseId, ForeignEvse, BadParty} from "../ChargeErrors.sol";

/// @notice eMI3 ids: `<country 2><*><party 3><*>E<outlet>`; separators are optional and carry no meaning (R45).
library EvseIds {
    /// @dev Country, party and 'E'.
    uint256 private constant PREFIX_LENGTH = 6;
    /// @dev eMI3 allows 31 characters after the 'E'.
    uint256 private constant MAX_LENGTH = 37;

    /// @notice keccak256 of the id in upper case without separators, once it is known to belong to `party`.
    function hashOf(string calldata evseId, bytes5 party) internal pure returns (bytes32) {
        bytes calldata given = bytes(evseId);
        bytes memory normal = new bytes(given.length);
        uint256 length = 0;
        for (uint256 i = 0; i < given.length; ++i) {
            bytes1 c = given[i];
            if (c == "*" || c == "-") continue;
            if (c >= "a" && c <= "z") c = bytes1(uint8(c) - 32);
            if (!_isLetter(c) && !_isDigit(c)) revert BadEvseId(evseId);
            normal[length++] = c;
        }
        if (length <= PREFIX_LENGTH || length > MAX_LENGTH || normal[5] != "E") revert BadEvseId(evseId);
        for (uint256 i = 0; i < 5; ++i) {
            if (normal[i] != party[i]) revert ForeignEvse(evseId, party);
        }
        assembly ("memory-safe") {
            mstore(normal, length)
        }
        return keccak256(normal);
    }

    /// @notice Reverts unless `party` is 2 letters and 3 letters or digits, in upper case.
    function requireParty(bytes5 party) internal pure {
        for (uint256 i = 0; i < 5; ++i) {
            bytes1 c = party[i];
            if (!_isLetter(c) && (i < 2 || !_isDigit(c))) revert BadParty(party);
        }
    }

    function _isLetter(bytes1 c) private pure returns (bool) {
        return c >= "A" && c <= "Z";
    }

    function _isDigit(bytes1 c) private pure returns (bool) {
        return c >= "0" && c <= "9";
    }
}
