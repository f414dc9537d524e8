// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {BadSignature, SignatureExpired, WrongStatus} from "../../src/ChargeErrors.sol";
import {ChargeTerms, Status} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract VoidTermsTest is World {
    function voidsAs(address sender) internal {
        ChargeTerms memory t = credit();
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionVoided(idOf(t));
        vm.prank(sender);
        escrow.voidTerms(t, 0, "");
        assertStatus(idOf(t), Status.Voided);
    }

    function test_WhenTheDriverSends() public {
        voidsAs(driver);
    }

    function test_WhenTheOwnerSends() public {
        voidsAs(owner);
    }

    function test_WhenTheQuoterSends() public {
        voidsAs(quoter);
    }

    function test_WhenTheDriverSigned() public {
        ChargeTerms memory t = credit();
        uint48 deadline = uint48(T0 + 1 hours);
        bytes memory signature = signed(DRIVER, Eip712.voidTerms(idOf(t), deadline));
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline));
        escrow.voidTerms(t, deadline, signature);
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.voidTerms(t, deadline + 1, signature);
        escrow.voidTerms(t, deadline, signature);
        assertStatus(idOf(t), Status.Voided);
    }

    function test_RevertWhen_AnotherSends() public {
        ChargeTerms memory t = credit();
        address[5] memory others = [stranger, sessionKey, receipter, canceller, keeper];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
            escrow.voidTerms(t, uint48(T0), "");
        }
        bytes memory byKey = signed(SESSION_KEY, Eip712.voidTerms(idOf(t), uint48(T0)));
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.voidTerms(t, uint48(T0), byKey);
    }

    function test_RevertGiven_OpenOrVoided() public {
        ChargeTerms memory t = credit();
        vm.prank(driver);
        escrow.voidTerms(t, 0, "");
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Voided));
        escrow.voidTerms(t, 0, "");
        t.salt = "2";
        opened(t);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Open));
        escrow.voidTerms(t, 0, "");
    }
}
