// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    AmountTooLarge,
    BadSignature,
    InsufficientCredit,
    NotAnIncrease,
    SignatureExpired,
    TooLate
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, Source, Status} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract TopUpTest is World {
    function asDriver(ChargeTerms memory t, uint256 newMax) internal {
        vm.prank(driver);
        escrow.topUp(t, newMax, 0, "");
    }

    function test_WhenTheDriverSends() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionToppedUp(id, 40 * EURO);
        asDriver(t, 40 * EURO);
        vm.assertEq(heldOf(id), 40 * EURO);
        vm.assertEq(creditOf(driver), 960 * EURO);
    }

    function test_GivenStarted() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        asDriver(t, 26 * EURO);
        assertStatus(id, Status.Started);
    }

    function test_WhenTheDriverSigned() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        uint48 deadline = uint48(T0 + 1 hours);
        bytes memory signature = signed(DRIVER, Eip712.topUp(id, 40 * EURO, deadline));
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.topUp(t, 41 * EURO, deadline, signature);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.topUp(t, 40 * EURO, deadline - 1, signature);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline));
        escrow.topUp(t, 40 * EURO, deadline, signature);
        vm.warp(deadline);
        escrow.topUp(t, 40 * EURO, deadline, signature);
        vm.assertEq(heldOf(id), 40 * EURO);
        vm.expectRevert(abi.encodeWithSelector(NotAnIncrease.selector, 40 * EURO, 40 * EURO));
        escrow.topUp(t, 40 * EURO, deadline, signature);
        vm.assertEq(creditOf(driver), 960 * EURO);
    }

    function test_RevertWhen_OnlyTheSessionKeyAgrees() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        bytes memory signature = signed(SESSION_KEY, Eip712.topUp(id, 40 * EURO, uint48(T0)));
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.topUp(t, 40 * EURO, uint48(T0), signature);
        vm.prank(sessionKey);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.topUp(t, 40 * EURO, uint48(T0), "");
    }

    function test_RevertWhen_NotAnIncrease() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(NotAnIncrease.selector, 25 * EURO, 25 * EURO));
        escrow.topUp(t, 25 * EURO, 0, "");
        asDriver(t, 25 * EURO + 1);
    }

    function test_RevertWhen_TooLarge() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(AmountTooLarge.selector, uint256(1) << 64));
        escrow.topUp(t, uint256(1) << 64, 0, "");
        vm.prank(driver);
        vm.expectRevert(
            abi.encodeWithSelector(InsufficientCredit.selector, 975 * EURO, type(uint64).max - 25 * EURO)
        );
        escrow.topUp(t, type(uint64).max, 0, "");
    }

    function test_RevertWhen_SettleByHasPassed() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.settleBy + 1);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, t.settleBy));
        escrow.topUp(t, 40 * EURO, 0, "");
        vm.warp(t.settleBy);
        asDriver(t, 40 * EURO);
    }

    function test_GivenAllowance() public {
        ChargeTerms memory t = terms(Source.Allowance);
        bytes32 id = opened(t);
        euro.mint(driver, 15 * EURO);
        asDriver(t, 40 * EURO);
        vm.assertEq(heldOf(id), 40 * EURO);
        vm.assertEq(euro.balanceOf(driver), 0);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    function authorizes(ChargeTerms memory t, uint256 value, uint256 newMax, uint48 deadline)
        internal
        view
        returns (bytes memory)
    {
        bytes32 nonce = Eip712.digest(Eip712.domain(address(escrow)), Eip712.topUp(idOf(t), newMax, deadline));
        bytes32 structHash =
            Eip712.authorization(driver, address(escrow), value, uint256(deadline) + 1, nonce);
        return rawSigned(DRIVER, Eip712.digest(tokenDomain(address(euro)), structHash));
    }

    function test_GivenAuthorization() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes32 id = opened(t);
        euro.mint(driver, 15 * EURO);
        uint48 deadline = uint48(T0 + 1 hours);
        bytes memory wrongValue = authorizes(t, 15 * EURO + 1, 40 * EURO, deadline);
        bytes memory good = authorizes(t, 15 * EURO, 40 * EURO, deadline);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidSignature.selector));
        escrow.topUp(t, 40 * EURO, deadline, wrongValue);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidSignature.selector));
        escrow.topUp(t, 40 * EURO, deadline + 1, good);
        vm.warp(deadline + 1);
        vm.expectRevert(
            abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 0, uint256(deadline) + 1)
        );
        escrow.topUp(t, 40 * EURO, deadline, good);
        vm.warp(deadline);
        escrow.topUp(t, 40 * EURO, deadline, good);
        vm.assertEq(heldOf(id), 40 * EURO);
        vm.assertEq(euro.balanceOf(driver), 0);
    }

    function test_RevertGiven_Authorization_WhenTheDriverOnlySends() public {
        ChargeTerms memory t = terms(Source.Authorization);
        opened(t);
        euro.mint(driver, 15 * EURO);
        vm.prank(driver);
        vm.expectRevert();
        escrow.topUp(t, 40 * EURO, uint48(T0), "");
    }

    function testFuzz_HoldsTheNewLimit(uint64 first, uint64 second) public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        uint256 a = bound(first, 25 * EURO + 1, 500 * EURO);
        uint256 b = bound(second, a + 1, 1000 * EURO);
        asDriver(t, a);
        asDriver(t, b);
        vm.assertEq(heldOf(id), b);
        vm.assertEq(creditOf(driver), 1000 * EURO - b);
    }
}
