// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {
    BadDelegate,
    BadExpiry,
    BadParty,
    BadScopes,
    BadSignature,
    NoPayoutPending,
    NotAuthorised,
    NotOwner,
    NotPendingOwner,
    OperatorExists,
    OperatorUnknown,
    PayeeMismatch,
    SessionKeyNotAllowed,
    ZeroAddress
} from "../../src/ChargeErrors.sol";
import {Delegation} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {World} from "../support/World.sol";

contract OperatorRegistryTest is World {
    function delegation(uint8 scopes, uint256 expiresAt) internal pure returns (Delegation memory) {
        return Delegation(scopes, uint48(expiresAt), 0);
    }

    // ---- register

    function test_Registers() public {
        bytes32 expected = keccak256(abi.encode(block.chainid, address(operators), stranger, bytes5("DE123")));
        vm.expectEmit(address(operators));
        emit OperatorRegistry.OperatorRegistered(expected, stranger, "DE123", payout, "uri");
        vm.prank(stranger);
        bytes32 id = operators.register("DE123", payout, "uri");
        vm.assertEq(id, expected);
        vm.assertEq(id, operators.operatorIdOf(stranger, "DE123"));
        OperatorRegistry.Operator memory stored = operators.operatorOf(id);
        vm.assertEq(stored.owner, stranger);
        vm.assertEq(bytes32(stored.party), bytes32("DE123"));
        vm.assertEq(stored.payout, payout);
        vm.assertEq(stored.metadataUri, "uri");
        vm.assertEq(uint256(stored.epoch) + stored.nextPayoutFrom, 0);
        vm.assertEq(bytes32(operators.partyOf(id)), bytes32("DE123"));
        vm.assertEq(operators.payoutOf(id), payout);
        vm.assertTrue(operators.isAuthorised(id, stranger, Scopes.ALL));
        vm.assertFalse(operators.isAuthorised(id, owner, Scopes.QUOTE));
    }

    function test_Register_TwoFoundersTwoIds() public {
        vm.prank(stranger);
        bytes32 other = operators.register("FRWRN", payout, "");
        vm.assertNotEq(other, operatorId);
    }

    function test_Register_RevertWhen_ThePartyIsWrong() public {
        bytes5[9] memory wrong =
            [bytes5("FRwRN"), "fRWRN", "F1WRN", "1RWRN", "FRW*N", "FRWR", "FRW N", "@RWRN", "FRWR["];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(BadParty.selector, wrong[i]));
            operators.register(wrong[i], payout, "");
        }
        bytes5[5] memory right = [bytes5("AZ09Z"), "ZA9A0", "AA000", "ZZ999", "AAAZZ"];
        for (uint256 i = 0; i < right.length; ++i) operators.register(right[i], payout, "");
        bytes5[2] memory edges = [bytes5("AA/AA"), "AA:AA"];
        for (uint256 i = 0; i < edges.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(BadParty.selector, edges[i]));
            operators.register(edges[i], payout, "");
        }
    }

    function test_Register_RevertWhen_ThePayoutIsNobody() public {
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        operators.register("FRABC", address(0), "");
    }

    function test_Register_RevertGiven_ItExists() public {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(OperatorExists.selector, operatorId));
        operators.register("FRWRN", payout, "");
    }

    // ---- Ownership

    function offer(address to) internal {
        vm.prank(owner);
        operators.transferOwnership(operatorId, to);
    }

    function test_Ownership() public {
        vm.expectEmit(address(operators));
        emit OperatorRegistry.OwnershipOffered(operatorId, stranger);
        offer(stranger);
        vm.assertEq(operators.operatorOf(operatorId).owner, owner);
        vm.assertFalse(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE));
        vm.expectEmit(address(operators));
        emit OperatorRegistry.OwnershipTransferred(operatorId, stranger);
        vm.prank(stranger);
        operators.acceptOwnership(operatorId);
        OperatorRegistry.Operator memory stored = operators.operatorOf(operatorId);
        vm.assertEq(stored.owner, stranger);
        vm.assertEq(stored.nextOwner, address(0));
        vm.assertEq(stored.epoch, 1);
        vm.assertEq(stored.payout, payout);
        vm.assertTrue(operators.isAuthorised(operatorId, stranger, Scopes.ALL));
        vm.assertFalse(operators.isAuthorised(operatorId, owner, Scopes.QUOTE));
        address[5] memory gone = [quoter, receipter, canceller, keeper, payer];
        for (uint256 i = 0; i < gone.length; ++i) {
            vm.assertEq(operators.delegationOf(operatorId, gone[i]).scopes, 0);
        }
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(NotPendingOwner.selector, operatorId, stranger));
        operators.acceptOwnership(operatorId);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, owner));
        operators.setMetadata(operatorId, "");
    }

    function test_Ownership_ComesBackWithoutTheOldDelegates() public {
        offer(stranger);
        vm.prank(stranger);
        operators.acceptOwnership(operatorId);
        vm.prank(stranger);
        operators.transferOwnership(operatorId, owner);
        vm.prank(owner);
        operators.acceptOwnership(operatorId);
        vm.assertEq(operators.operatorOf(operatorId).epoch, 2);
        vm.assertFalse(operators.isAuthorised(operatorId, quoter, Scopes.QUOTE));
        vm.assertTrue(operators.isAuthorised(operatorId, owner, Scopes.ALL));
        vm.assertFalse(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE));
    }

    function test_Ownership_MayBeTakenBack() public {
        offer(stranger);
        offer(address(0));
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(NotPendingOwner.selector, operatorId, stranger));
        operators.acceptOwnership(operatorId);
    }

    function test_Ownership_RevertWhen_NotTheOwner() public {
        vm.prank(quoter);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, quoter));
        operators.transferOwnership(operatorId, quoter);
        vm.prank(address(0));
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, address(0)));
        operators.transferOwnership(operatorId, quoter);
    }

    function test_Ownership_ClearsAPendingPayout() public {
        vm.prank(owner);
        operators.proposePayout(operatorId, driver);
        offer(stranger);
        vm.warp(T0 + 48 hours - 1);
        vm.prank(stranger);
        operators.acceptOwnership(operatorId);
        vm.warp(T0 + 365 days);
        vm.assertEq(operators.payoutOf(operatorId), payout);
        OperatorRegistry.Operator memory stored = operators.operatorOf(operatorId);
        vm.assertEq(stored.nextPayout, address(0));
        vm.assertEq(stored.nextPayoutFrom, 0);
    }

    function test_Ownership_KeepsAPayoutInForce() public {
        vm.prank(owner);
        operators.proposePayout(operatorId, driver);
        offer(stranger);
        vm.warp(T0 + 48 hours);
        vm.prank(stranger);
        operators.acceptOwnership(operatorId);
        vm.assertEq(operators.payoutOf(operatorId), driver);
        vm.assertEq(operators.operatorOf(operatorId).payout, driver);
    }

    // ---- Delegates

    function test_Delegates() public {
        vm.expectEmit(address(operators));
        emit OperatorRegistry.DelegateSet(operatorId, stranger, delegation(Scopes.QUOTE | Scopes.EVSE, T0 + 60));
        vm.prank(owner);
        operators.setDelegate(operatorId, stranger, delegation(Scopes.QUOTE | Scopes.EVSE, T0 + 60));
        vm.assertTrue(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE));
        vm.assertTrue(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE | Scopes.EVSE));
        vm.assertFalse(operators.isAuthorised(operatorId, stranger, Scopes.RECEIPT));
        vm.assertFalse(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE | Scopes.RECEIPT));
        vm.warp(T0 + 60);
        vm.assertTrue(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE));
        vm.warp(T0 + 61);
        vm.assertFalse(operators.isAuthorised(operatorId, stranger, Scopes.QUOTE));
        vm.assertEq(operators.delegationOf(operatorId, stranger).scopes, Scopes.QUOTE | Scopes.EVSE);
    }

    function test_Delegates_AreByOperator() public {
        vm.prank(stranger);
        bytes32 other = operators.register("FRWRN", payout, "");
        vm.assertFalse(operators.isAuthorised(other, quoter, Scopes.QUOTE));
        vm.assertFalse(operators.isAuthorised(other, owner, Scopes.QUOTE));
    }

    function test_Delegates_AreRemoved() public {
        vm.expectEmit(address(operators));
        emit OperatorRegistry.DelegateSet(operatorId, quoter, Delegation(0, 0, 0));
        vm.prank(owner);
        operators.removeDelegate(operatorId, quoter);
        vm.assertFalse(operators.isAuthorised(operatorId, quoter, Scopes.QUOTE));
        vm.assertTrue(operators.isAuthorised(operatorId, receipter, Scopes.RECEIPT));
    }

    function test_Delegates_RevertWhen_NotTheOwner() public {
        vm.prank(quoter);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, quoter));
        operators.setDelegate(operatorId, stranger, delegation(1, T0));
        vm.prank(quoter);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, quoter));
        operators.removeDelegate(operatorId, receipter);
    }

    function test_Delegates_RevertWhen_TheOrderIsWrong() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(BadDelegate.selector, address(0)));
        operators.setDelegate(operatorId, address(0), delegation(1, T0));
        vm.expectRevert(abi.encodeWithSelector(BadDelegate.selector, owner));
        operators.setDelegate(operatorId, owner, delegation(1, T0));
        vm.expectRevert(abi.encodeWithSelector(BadDelegate.selector, owner));
        operators.removeDelegate(operatorId, owner);
        vm.expectRevert(abi.encodeWithSelector(BadScopes.selector, 0));
        operators.setDelegate(operatorId, stranger, delegation(0, T0));
        vm.expectRevert(abi.encodeWithSelector(BadScopes.selector, 64));
        operators.setDelegate(operatorId, stranger, delegation(64, T0));
        vm.expectRevert(abi.encodeWithSelector(BadExpiry.selector, T0 - 1));
        operators.setDelegate(operatorId, stranger, delegation(1, T0 - 1));
        operators.setDelegate(operatorId, stranger, delegation(63, T0));
        vm.stopPrank();
        vm.assertTrue(operators.isAuthorised(operatorId, owner, Scopes.ALL));
    }

    function testFuzz_Delegates_HaveExactlyTheirScopes(uint8 given, uint8 asked) public {
        given = uint8(bound(given, 1, 63));
        asked = uint8(bound(asked, 1, 63));
        vm.prank(owner);
        operators.setDelegate(operatorId, stranger, delegation(given, T0));
        vm.assertEq(operators.isAuthorised(operatorId, stranger, asked), given & asked == asked);
    }

    // ---- Payout

    function test_Payout() public {
        vm.expectEmit(address(operators));
        emit OperatorRegistry.PayoutChangeProposed(operatorId, stranger, uint48(T0 + 48 hours));
        vm.prank(owner);
        operators.proposePayout(operatorId, stranger);
        vm.assertEq(operators.payoutOf(operatorId), payout);
        vm.warp(T0 + 48 hours - 1);
        vm.assertEq(operators.payoutOf(operatorId), payout);
        vm.warp(T0 + 48 hours);
        vm.assertEq(operators.payoutOf(operatorId), stranger);
        vm.prank(owner);
        operators.proposePayout(operatorId, driver);
        vm.assertEq(operators.payoutOf(operatorId), stranger);
        vm.warp(T0 + 96 hours);
        vm.assertEq(operators.payoutOf(operatorId), driver);
    }

    function test_Payout_AnotherProposalStartsAnew() public {
        vm.prank(owner);
        operators.proposePayout(operatorId, stranger);
        vm.warp(T0 + 24 hours);
        vm.prank(owner);
        operators.proposePayout(operatorId, driver);
        vm.warp(T0 + 48 hours);
        vm.assertEq(operators.payoutOf(operatorId), payout);
        vm.warp(T0 + 72 hours);
        vm.assertEq(operators.payoutOf(operatorId), driver);
    }

    function test_Payout_IsCalledOff() public {
        vm.startPrank(owner);
        operators.proposePayout(operatorId, stranger);
        vm.warp(T0 + 48 hours - 1);
        vm.expectEmit(address(operators));
        emit OperatorRegistry.PayoutChangeCancelled(operatorId);
        operators.cancelPayoutChange(operatorId);
        vm.warp(T0 + 365 days);
        vm.assertEq(operators.payoutOf(operatorId), payout);
        vm.assertEq(operators.operatorOf(operatorId).nextPayout, address(0));
        vm.expectRevert(abi.encodeWithSelector(NoPayoutPending.selector, operatorId));
        operators.cancelPayoutChange(operatorId);
        vm.stopPrank();
    }

    function test_Payout_RevertWhen_CancelledInForce() public {
        vm.startPrank(owner);
        operators.proposePayout(operatorId, stranger);
        vm.warp(T0 + 48 hours);
        vm.expectRevert(abi.encodeWithSelector(NoPayoutPending.selector, operatorId));
        operators.cancelPayoutChange(operatorId);
        vm.assertEq(operators.payoutOf(operatorId), stranger);
        vm.stopPrank();
    }

    function test_Payout_RevertWhen_WrongSenderOrNobody() public {
        vm.prank(payout);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, payout));
        operators.proposePayout(operatorId, stranger);
        vm.prank(payout);
        vm.expectRevert(abi.encodeWithSelector(NotOwner.selector, operatorId, payout));
        operators.cancelPayoutChange(operatorId);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        operators.proposePayout(operatorId, address(0));
    }

    function test_Metadata() public {
        vm.expectEmit(address(operators));
        emit OperatorRegistry.MetadataSet(operatorId, "new");
        vm.prank(owner);
        operators.setMetadata(operatorId, "new");
        vm.assertEq(operators.operatorOf(operatorId).metadataUri, "new");
    }

    // ---- Views

    function test_Unknown() public {
        vm.expectRevert(abi.encodeWithSelector(OperatorUnknown.selector, bytes32("x")));
        operators.operatorOf("x");
        vm.assertEq(operators.payoutOf("x"), address(0));
        vm.assertFalse(operators.isAuthorised("x", address(0), 1));
        vm.assertFalse(operators.isAuthorised("x", owner, 1));
        vm.expectRevert(abi.encodeWithSelector(OperatorUnknown.selector, bytes32("x")));
        operators.payAuthority("x", owner);
    }

    function test_RequireOurs() public {
        operators.requireOurs(operatorId, payout, address(0));
        operators.requireOurs(operatorId, payout, sessionKey);
        vm.expectRevert(abi.encodeWithSelector(OperatorUnknown.selector, bytes32("x")));
        operators.requireOurs("x", address(0), address(0));
        vm.expectRevert(abi.encodeWithSelector(PayeeMismatch.selector, payout, owner));
        operators.requireOurs(operatorId, owner, address(0));
        vm.expectRevert(abi.encodeWithSelector(SessionKeyNotAllowed.selector, payout));
        operators.requireOurs(operatorId, payout, payout);
        vm.expectRevert(abi.encodeWithSelector(SessionKeyNotAllowed.selector, owner));
        operators.requireOurs(operatorId, payout, owner);
    }

    function test_RequireQuoted() public {
        bytes32 digest = keccak256("digest");
        bytes memory signature = rawSigned(QUOTER, digest);
        operators.requireQuoted(operatorId, payout, sessionKey, quoter, digest, signature, stranger);
        operators.requireQuoted(operatorId, payout, sessionKey, quoter, digest, "", quoter);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, quoter));
        operators.requireQuoted(operatorId, payout, sessionKey, quoter, digest, "", stranger);
        vm.expectRevert(abi.encodeWithSelector(NotAuthorised.selector, operatorId, receipter, Scopes.QUOTE));
        operators.requireQuoted(operatorId, payout, sessionKey, receipter, digest, "", receipter);
        vm.expectRevert(abi.encodeWithSelector(PayeeMismatch.selector, payout, stranger));
        operators.requireQuoted(operatorId, stranger, sessionKey, quoter, digest, signature, stranger);
    }

    function test_PayAuthority() public view {
        (address from, uint256 cap) = operators.payAuthority(operatorId, owner);
        vm.assertEq(from, owner);
        vm.assertEq(cap, type(uint256).max);
        (from, cap) = operators.payAuthority(operatorId, payer);
        vm.assertEq(from, owner);
        vm.assertEq(cap, 100 * EURO);
        (from, cap) = operators.payAuthority(operatorId, quoter);
        vm.assertEq(from, owner);
        vm.assertEq(cap, 0);
    }
}
