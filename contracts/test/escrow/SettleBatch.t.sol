// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    AmountAboveLimit,
    AmountAboveTariff,
    BadBatchSize,
    BadSignature,
    GasTooLow,
    Implausible,
    NotAuthorised,
    OnlySelf,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {BatchItem, ChargeReceipt, ChargeTerms, Source, Status} from "../../src/ChargeTypes.sol";
import {IOperatorRegistry} from "../../src/interfaces/IOperatorRegistry.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {Vm} from "../support/Vm.sol";
import {World} from "../support/World.sol";

contract SettleBatchTest is World {
    using Eip712 for *;

    uint256 private constant COUNT = 4;
    ChargeTerms[] private t;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < COUNT; ++i) {
            t.push(credit());
            t[i].connector = uint16(i + 1);
            opened(t[i]);
        }
        afterCharge();
    }

    function items() internal view returns (BatchItem[] memory list) {
        list = new BatchItem[](COUNT);
        for (uint256 i = 0; i < COUNT; ++i) list[i] = batchItem(t[i], receiptFor(t[i]));
    }

    /// @dev The second item is bad: the others settle, it is reported.
    function skipsSecond(BatchItem[] memory list, bytes4 reason) internal {
        bytes32 id = Eip712.digest(
            Eip712.domain(address(escrow)), keccak256(abi.encodePacked(TERMS_TYPE, abi.encode(list[1].terms), list[1].detailsHash))
        );
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(id, reason);
        vm.assertEq(escrow.settleBatch(list), COUNT - 1);
        for (uint256 i = 0; i < COUNT; ++i) if (i != 1) assertStatus(idOf(t[i]), Status.Settled);
    }

    bytes32 private constant TERMS_TYPE = keccak256(
        "ChargeTerms(address driver,bytes32 operatorId,address payee,address token,uint8 source,uint64 startFee,uint64 pricePerKWh,uint64 pricePerMinute,uint64 idlePerMinute,uint32 maxPowerW,address sessionKey,TermsDetails details)TermsDetails(bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt)"
    );

    function test_SettlesAll() public {
        BatchItem[] memory list = items();
        vm.recordLogs();
        vm.prank(stranger);
        vm.assertEq(escrow.settleBatch(list), COUNT);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, COUNT);
        for (uint256 i = 0; i < COUNT; ++i) {
            assertStatus(idOf(t[i]), Status.Settled);
            vm.assertEq(logs[i].topics[1], idOf(t[i]));
        }
        vm.assertEq(creditOf(payout), COUNT * 8_850_000);
        vm.assertEq(creditOf(driver), 1000 * EURO - COUNT * 8_850_000);
    }

    function test_RevertWhen_TheSizeIsWrong() public {
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        escrow.settleBatch(new BatchItem[](0));
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 101));
        escrow.settleBatch(new BatchItem[](101));
        vm.assertEq(escrow.settleBatch(new BatchItem[](100)), 0);
    }

    function test_SkipsWhatIsSettled() public {
        escrow.settle(settlement(t[1], receiptFor(t[1])));
        skipsSecond(items(), WrongStatus.selector);
    }

    function test_SkipsADouble() public {
        BatchItem[] memory list = items();
        list[2] = list[1];
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(idOf(t[1]), WrongStatus.selector);
        vm.assertEq(escrow.settleBatch(list), COUNT - 1);
    }

    function test_SkipsWhatWasNeverOpened() public {
        BatchItem[] memory list = items();
        ChargeTerms memory other = credit();
        other.salt = "other";
        list[1] = batchItem(other, receiptFor(other));
        skipsSecond(list, WrongStatus.selector);
    }

    function test_SkipsOtherDetails() public {
        BatchItem[] memory list = items();
        list[1].detailsHash = "other";
        // The receipt is then about another session: its signatures are not those of this operator and driver.
        skipsSecond(list, NotAuthorised.selector);
    }

    function test_SkipsAWrongOperatorSignature() public {
        BatchItem[] memory list = items();
        list[1].operatorR = bytes32(uint256(list[1].operatorR) ^ 1);
        skipsSecond(list, NotAuthorised.selector);
    }

    function test_SkipsASignerWithoutScope() public {
        BatchItem[] memory list = items();
        (list[1].operatorR, list[1].operatorVs) = shortSigned(QUOTER, receiptFor(t[1]).hash());
        skipsSecond(list, NotAuthorised.selector);
    }

    function test_SkipsAWrongSessionSignature() public {
        BatchItem[] memory list = items();
        (list[1].sessionR, list[1].sessionVs) = shortSigned(DRIVER, receiptFor(t[1]).hash());
        skipsSecond(list, BadSignature.selector);
    }

    function test_SkipsTermsWithoutSessionKey() public {
        vm.warp(T0);
        t[1].sessionKey = address(0);
        t[1].salt = "no session key";
        t[1].connector = 99;
        opened(t[1]);
        afterCharge();
        BatchItem[] memory list = items();
        (list[1].sessionR, list[1].sessionVs) = (0, 0);
        skipsSecond(list, BadSignature.selector);
    }

    function test_SkipsTooMuch() public {
        BatchItem[] memory list = items();
        ChargeReceipt memory r = receiptFor(t[1]);
        r.amount += 1;
        list[1] = batchItem(t[1], r);
        uint256 snapshot = vm.snapshotState();
        skipsSecond(list, AmountAboveTariff.selector);
        vm.revertToState(snapshot);
        r.amount = 25 * EURO + 1;
        list[1] = batchItem(t[1], r);
        skipsSecond(list, AmountAboveLimit.selector);
    }

    function test_SkipsWhatCannotBeTrue() public {
        BatchItem[] memory list = items();
        ChargeReceipt memory r = receiptFor(t[1]);
        r.endedAt = r.startedAt - 1;
        list[1] = batchItem(t[1], r);
        skipsSecond(list, Implausible.selector);
    }

    /// @dev An item that fails without a word, here because an address in it has dirty high bits, is reported all the same, and
    /// not with the reason of the item before it.
    function test_SkipsWhatFailsWithoutAReason() public {
        BatchItem[] memory list = items();
        ChargeReceipt memory tooMuch = receiptFor(t[0]);
        tooMuch.amount += 1;
        list[0] = batchItem(t[0], tooMuch);
        bytes memory core = abi.encode(list[1].terms);
        uint256 sessionKeyAt = 10 * 32;
        core[sessionKeyAt] = 0x01;
        bytes32 id = Eip712.digest(
            Eip712.domain(address(escrow)), keccak256(abi.encodePacked(TERMS_TYPE, core, list[1].detailsHash))
        );
        ChargeReceipt memory r = receiptFor(t[1]);
        r.sessionId = id;
        (list[1].operatorR, list[1].operatorVs) = shortSigned(RECEIPTER, r.hash());
        bytes memory call = abi.encodeCall(escrow.settleBatch, (list));
        // After the selector, the array's offset and length, and the first item of 24 words.
        call[4 + 2 * 32 + 24 * 32 + sessionKeyAt] = 0x01;
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(idOf(t[0]), AmountAboveTariff.selector);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(id, 0xffffffff);
        (bool ok, bytes memory settled) = address(escrow).call(call);
        vm.assertTrue(ok);
        vm.assertEq(abi.decode(settled, (uint256)), COUNT - 2);
    }

    function test_SettlesWhatIsProposedOrDisputed() public {
        ChargeReceipt memory r = receiptFor(t[0]);
        escrow.propose(t[0], r, receipter, signed(RECEIPTER, r.hash()));
        r = receiptFor(t[1]);
        escrow.propose(t[1], r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t[1], EURO, 0, "");
        vm.assertEq(escrow.settleBatch(items()), COUNT);
        vm.assertEq(creditOf(payout), COUNT * 8_850_000);
    }

    function test_AsksTheRegistryOncePerRunOfItems() public {
        BatchItem[] memory list = items();
        bytes memory ask = abi.encodeCall(IOperatorRegistry.isAuthorised, (operatorId, receipter, Scopes.RECEIPT));
        vm.expectCall(address(operators), ask, 1);
        escrow.settleBatch(list);
    }

    function test_AsksAgainForAnotherSigner() public {
        vm.prank(owner);
        delegate(stranger, Scopes.RECEIPT);
        BatchItem[] memory list = items();
        (list[1].operatorR, list[1].operatorVs) = shortSigned(STRANGER, receiptFor(t[1]).hash());
        bytes memory ask = abi.encodeCall(IOperatorRegistry.isAuthorised, (operatorId, receipter, Scopes.RECEIPT));
        vm.expectCall(address(operators), ask, 2);
        vm.assertEq(escrow.settleBatch(list), COUNT);
    }

    /// @dev R18: what one batch learnt does not outlive it, even within one transaction.
    function test_ForgetsBetweenBatches() public {
        BatchItem[] memory first = new BatchItem[](1);
        BatchItem[] memory second = new BatchItem[](1);
        first[0] = items()[0];
        second[0] = items()[1];
        vm.assertEq(escrow.settleBatch(first), 1);
        vm.prank(owner);
        operators.removeDelegate(operatorId, receipter);
        vm.assertEq(escrow.settleBatch(second), 0);
        assertStatus(idOf(t[1]), Status.Open);
    }

    function test_RevertWhen_GasIsShort() public {
        BatchItem[] memory list = items();
        vm.expectRevert(abi.encodeWithSelector(GasTooLow.selector));
        escrow.settleBatch{gas: 425_000}(list);
    }

    function test_SettlesWithJustEnoughGas() public {
        BatchItem[] memory list = new BatchItem[](1);
        list[0] = items()[0];
        vm.assertEq(escrow.settleBatch{gas: 450_000}(list), 1);
    }

    function test_RefundsToWallets() public {
        vm.warp(T0);
        t[1].source = Source.Authorization;
        t[1].connector = 99;
        opened(t[1]);
        afterCharge();
        vm.assertEq(escrow.settleBatch(items()), COUNT);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO - 8_850_000);
    }

    function test_Item_RevertWhen_NotTheEscrow() public {
        BatchItem memory item = items()[0];
        vm.expectRevert(abi.encodeWithSelector(OnlySelf.selector));
        escrow.settleItem(item);
    }

    function testFuzz_PaysLikeSettle(uint64 wh, uint64 amount) public {
        ChargeReceipt memory r = receiptFor(t[0]);
        r.endWh = r.startWh + uint64(bound(wh, 0, 26_000));
        r.amount = bound(amount, 0, 30 * EURO);
        BatchItem[] memory list = new BatchItem[](1);
        list[0] = batchItem(t[0], r);
        bytes memory single = abi.encodeCall(escrow.settle, (settlement(t[0], r)));
        uint256 snapshot = vm.snapshotState();
        (bool ok,) = address(escrow).call(single);
        uint256 paid = creditOf(payout);
        vm.revertToState(snapshot);
        vm.assertEq(escrow.settleBatch(list), ok ? 1 : 0);
        vm.assertEq(creditOf(payout), paid);
    }
}
