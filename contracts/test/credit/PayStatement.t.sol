// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RoamingLedger} from "../../src/RoamingLedger.sol";
import {
    BadSignature,
    DailyCapExceeded,
    InsufficientCredit,
    NotAuthorised,
    OperatorUnknown,
    PeriodOutOfOrder,
    SignatureExpired,
    StatementOutOfOrder,
    ZeroAmount
} from "../../src/ChargeErrors.sol";
import {Delegation, RoamingStatement} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract PayStatementTest is World {
    using Eip712 for *;

    bytes32 private payeeId;
    address private payeePayout = address(0xcafe);

    function setUp() public override {
        super.setUp();
        vm.prank(stranger);
        payeeId = operators.register("DEABC", payeePayout, "");
        fund(owner, 500 * EURO);
    }

    function statement(uint64 number, uint256 total) internal view returns (RoamingStatement memory) {
        return RoamingStatement({
            payerId: operatorId,
            payeeId: payeeId,
            token: address(euro),
            number: number,
            periodStart: uint48(T0 - 20 days + number * 1 days),
            periodEnd: uint48(T0 - 19 days + number * 1 days),
            total: total,
            root: "root",
            deadline: uint48(block.timestamp + 60)
        });
    }

    function pays(uint256 key, RoamingStatement memory s) internal {
        escrow.payStatement(s, vm.addr(key), signed(key, s.hash()));
    }

    function refuses(uint256 key, RoamingStatement memory s, bytes memory reason) internal {
        bytes memory signature = signed(key, s.hash());
        vm.expectRevert(reason);
        escrow.payStatement(s, vm.addr(key), signature);
    }

    function test_Pays() public {
        RoamingStatement memory s = statement(1, 30 * EURO);
        bytes memory signature = signed(OWNER, s.hash());
        vm.warp(s.deadline);
        vm.expectEmit(address(escrow));
        emit RoamingLedger.StatementPaid(
            operatorId, payeeId, address(euro), 1, s.periodStart, s.periodEnd, 30 * EURO, "root", owner, payeePayout
        );
        vm.prank(driver);
        escrow.payStatement(s, owner, signature);
        vm.assertEq(creditOf(owner), 470 * EURO);
        vm.assertEq(creditOf(payeePayout), 30 * EURO);
        (uint64 number, uint48 periodEnd) = escrow.lastStatementOf(operatorId, payeeId, address(euro));
        vm.assertEq(number, 1);
        vm.assertEq(periodEnd, s.periodEnd);
    }

    function test_WhenTheOwnerSends() public {
        vm.prank(owner);
        escrow.payStatement(statement(1, 30 * EURO), owner, "");
    }

    function test_TheOwnerHasNoCap() public {
        pays(OWNER, statement(1, 500 * EURO));
        vm.assertEq(creditOf(owner), 0);
    }

    /// @dev The owner has no cap, so nothing is counted for it.
    function test_TheOwnersSpendingIsNotCounted() public {
        vm.record();
        pays(OWNER, statement(1, 30 * EURO));
        vm.assertEq(slotsWritten(), 3, "the book and two credits");
    }

    function test_RevertWhen_TooLate() public {
        RoamingStatement memory s = statement(1, EURO);
        vm.warp(s.deadline + 1);
        refuses(OWNER, s, abi.encodeWithSelector(SignatureExpired.selector, s.deadline));
    }

    function test_RevertWhen_TheTotalIsZero() public {
        refuses(OWNER, statement(1, 0), abi.encodeWithSelector(ZeroAmount.selector));
    }

    function test_RevertWhen_NotSigned() public {
        RoamingStatement memory s = statement(1, EURO);
        bytes memory signature = signed(OWNER, statement(1, EURO + 1).hash());
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, owner));
        escrow.payStatement(s, owner, signature);
    }

    function test_RevertWhen_AnOperatorIsUnknown() public {
        RoamingStatement memory s = statement(1, EURO);
        s.payerId = "nobody";
        refuses(OWNER, s, abi.encodeWithSelector(OperatorUnknown.selector, bytes32("nobody")));
        s = statement(1, EURO);
        s.payeeId = "nobody";
        refuses(OWNER, s, abi.encodeWithSelector(OperatorUnknown.selector, bytes32("nobody")));
    }

    function test_RevertWhen_TheSignerMayNot() public {
        uint256[3] memory others = [QUOTER, STRANGER, DRIVER];
        for (uint256 i = 0; i < others.length; ++i) {
            refuses(
                others[i],
                statement(1, 1),
                abi.encodeWithSelector(NotAuthorised.selector, operatorId, vm.addr(others[i]), Scopes.PAY)
            );
        }
        vm.warp(T0 + 366 days);
        refuses(
            PAYER, statement(1, 1), abi.encodeWithSelector(NotAuthorised.selector, operatorId, payer, Scopes.PAY)
        );
    }

    /// @dev An operator cannot name somebody else's account as payer: only its owner's credit pays.
    function test_OnlyTheOwnersCreditPays() public {
        pays(PAYER, statement(1, 40 * EURO));
        vm.assertEq(creditOf(owner), 460 * EURO);
        vm.assertEq(creditOf(payout), 0);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    function test_GivenADelegatesCap() public {
        pays(PAYER, statement(1, 60 * EURO));
        refuses(
            PAYER,
            statement(2, 40 * EURO + 1),
            abi.encodeWithSelector(DailyCapExceeded.selector, 100 * EURO, 60 * EURO)
        );
        pays(PAYER, statement(2, 40 * EURO));
        refuses(
            PAYER, statement(3, 1), abi.encodeWithSelector(DailyCapExceeded.selector, 100 * EURO, 100 * EURO)
        );
        uint256 midnight = (T0 / 1 days + 1) * 1 days;
        vm.warp(midnight - 1);
        refuses(
            PAYER, statement(3, 1), abi.encodeWithSelector(DailyCapExceeded.selector, 100 * EURO, 100 * EURO)
        );
        vm.warp(midnight);
        refuses(
            PAYER,
            statement(3, 100 * EURO + 1),
            abi.encodeWithSelector(DailyCapExceeded.selector, 100 * EURO, 0)
        );
        pays(PAYER, statement(3, 100 * EURO));
        refuses(
            PAYER,
            statement(4, type(uint256).max),
            abi.encodeWithSelector(DailyCapExceeded.selector, 100 * EURO, 100 * EURO)
        );
    }

    function test_ACapIsByDelegate() public {
        vm.prank(owner);
        operators.setDelegate(operatorId, driver, Delegation(Scopes.PAY, uint48(T0 + 1 days), uint64(10 * EURO)));
        pays(PAYER, statement(1, 100 * EURO));
        pays(DRIVER, statement(2, 10 * EURO));
        refuses(DRIVER, statement(3, 1), abi.encodeWithSelector(DailyCapExceeded.selector, 10 * EURO, 10 * EURO));
    }

    function test_ACapIsByToken() public {
        HostileToken other = new HostileToken();
        address[] memory both = new address[](2);
        both[0] = address(euro);
        both[1] = address(other);
        escrow = deployEscrow(both);
        fund(owner, 500 * EURO);
        other.mint(address(this), 100 * EURO);
        other.approve(address(escrow), 100 * EURO);
        escrow.deposit(address(other), 100 * EURO, owner);
        pays(PAYER, statement(1, 100 * EURO));
        RoamingStatement memory s = statement(1, 100 * EURO);
        s.token = address(other);
        pays(PAYER, s);
        vm.assertEq(escrow.creditOf(payeePayout, address(other)), 100 * EURO);
    }

    function test_RevertWhen_TheNumberIsNotTheNext() public {
        refuses(OWNER, statement(0, 1), abi.encodeWithSelector(StatementOutOfOrder.selector, 1, 0));
        refuses(OWNER, statement(2, 1), abi.encodeWithSelector(StatementOutOfOrder.selector, 1, 2));
        RoamingStatement memory first = statement(1, 1);
        pays(OWNER, first);
        refuses(OWNER, first, abi.encodeWithSelector(StatementOutOfOrder.selector, 2, 1));
        pays(OWNER, statement(2, 1));
    }

    function test_NumbersAreByPair() public {
        pays(OWNER, statement(1, EURO));
        RoamingStatement memory back = statement(1, EURO);
        back.payerId = payeeId;
        back.payeeId = operatorId;
        fund(stranger, EURO);
        pays(STRANGER, back);
        vm.assertEq(creditOf(payout), EURO);
    }

    function test_RevertWhen_ThePeriodOverlaps() public {
        RoamingStatement memory first = statement(1, 1);
        pays(OWNER, first);
        RoamingStatement memory s = statement(2, 1);
        s.periodStart = first.periodEnd - 1;
        refuses(OWNER, s, abi.encodeWithSelector(PeriodOutOfOrder.selector, first.periodEnd, s.periodStart));
        s.periodStart = first.periodEnd;
        s.periodEnd = s.periodStart - 1;
        refuses(OWNER, s, abi.encodeWithSelector(PeriodOutOfOrder.selector, first.periodEnd, s.periodStart));
        s.periodEnd = s.periodStart;
        pays(OWNER, s);
    }

    function test_RevertWhen_TheCreditIsShort() public {
        refuses(
            OWNER,
            statement(1, 500 * EURO + 1),
            abi.encodeWithSelector(InsufficientCredit.selector, 500 * EURO, 500 * EURO + 1)
        );
        RoamingStatement memory s = statement(1, EURO);
        s.token = address(0xbad);
        refuses(OWNER, s, abi.encodeWithSelector(InsufficientCredit.selector, 0, EURO));
    }
}
