// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BadEvseId, ForeignEvse} from "../../src/ChargeErrors.sol";
import {World} from "../support/World.sol";

contract EvseIdsTest is World {
    function hashOf(string memory id) internal view returns (bytes32) {
        return evses.evseIdHashOf(operatorId, id);
    }

    function refuses(string memory id) internal {
        vm.expectRevert(abi.encodeWithSelector(BadEvseId.selector, id));
        evses.evseIdHashOf(operatorId, id);
    }

    function test_HashesTheNormalForm() public view {
        string[6] memory ways =
            ["FRWRNE000001", "FR*WRN*E000001", "fr*wrn*e000001", "FR-WRN-E000001", "**F-R*WRNE00*0001--", "Fr*wRn*e000001"];
        for (uint256 i = 0; i < ways.length; ++i) vm.assertEq(hashOf(ways[i]), evseIdHash);
        vm.assertEq(hashOf("frwrneaz09az"), keccak256("FRWRNEAZ09AZ"));
        vm.assertNotEq(hashOf("FRWRNE000002"), evseIdHash);
    }

    function test_RevertWhen_ACharacterIsStrange() public {
        // The neighbours of the allowed ranges, and what people type.
        string[12] memory wrong = [
            "FRWRNE1/", "FRWRNE1:", "FRWRNE1@", "FRWRNE1[", "FRWRNE1`", "FRWRNE1{", "FRWRNE1 ", "FRWRNE1_",
            "FRWRNE1.", "FRWRNE1)", "FRWRNE1+", "FRWRNE1,"
        ];
        for (uint256 i = 0; i < wrong.length; ++i) refuses(wrong[i]);
        refuses(unicode"FRWRNE1é");
    }

    function test_RevertWhen_TheLengthIsWrong() public {
        refuses("");
        refuses("FRWRN");
        refuses("FRWRNE");
        refuses("FR*WRN*E");
        hashOf("FRWRNE1");
        string memory longest = "FRWRNE1234567890123456789012345678901";
        vm.assertEq(bytes(longest).length, 37);
        vm.assertEq(hashOf(string.concat(longest, "**")), keccak256(bytes(longest)));
        refuses(string.concat(longest, "1"));
    }

    function test_RevertWhen_ThereIsNoE() public {
        refuses("FRWRN1000001");
        refuses("FRWRNC000001");
        hashOf("FRWRNe000001");
    }

    function test_RevertWhen_ThePartyIsAnother() public {
        string[5] memory foreign =
            ["DRWRNE000001", "FEWRNE000001", "FRVRNE000001", "FRWSNE000001", "FRWRME000001"];
        for (uint256 i = 0; i < foreign.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ForeignEvse.selector, foreign[i], bytes5("FRWRN")));
            evses.evseIdHashOf(operatorId, foreign[i]);
        }
    }
}
