// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Test} from "../support/Test.sol";
import {Stage} from "./Stage.sol";

contract InvariantsTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Stage private stage;

    function setUp() public {
        stage = new Stage();
        stage.setUp();
    }

    /// @dev forge asks whom to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(stage);
    }

    /// @dev forge asks what to call; opening and waiting are there more than once, so that they happen more often.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(stage), moves());
    }

    function moves() internal view returns (bytes4[] memory list) {
        bytes4[32] memory all = [
            stage.open.selector,
            stage.open.selector,
            stage.open.selector,
            stage.topUp.selector,
            stage.requestCancel.selector,
            stage.requestStop.selector,
            stage.dispute.selector,
            stage.dispute.selector,
            stage.depositMore.selector,
            stage.withdraw.selector,
            stage.acknowledge.selector,
            stage.propose.selector,
            stage.propose.selector,
            stage.propose.selector,
            stage.settle.selector,
            stage.settleBatch.selector,
            stage.cancel.selector,
            stage.concede.selector,
            stage.payStatement.selector,
            stage.changePayout.selector,
            stage.changeKeys.selector,
            stage.finalise.selector,
            stage.finaliseCancel.selector,
            stage.reclaim.selector,
            stage.prove.selector,
            stage.replay.selector,
            stage.replay.selector,
            stage.meddle.selector,
            stage.setMood.selector,
            stage.donate.selector,
            stage.wait.selector,
            stage.waitForADeadline.selector
        ];
        list = new bytes4[](34);
        for (uint256 i = 0; i < 32; ++i) list[i] = all[i];
        (list[32], list[33]) = (stage.deny.selector, stage.reenter.selector);
    }

    // Each has its own walks. Their numbers are those of docs/contracts/invariants.md; tools/break.ts breaks the contracts once for
    // each of the eleven and looks whether it notices.

    function invariant_01_EachBalanceCoversAllThatIsHeldAndOwed() public view {
        stage.checkSolvency();
    }

    function invariant_02_PaidReturnedAndHeldMakeTheLimit() public view {
        stage.checkConservation();
    }

    function invariant_03_NoMoreIsPaidThanLimitAndTariffAllow() public view {
        stage.checkBound();
    }

    function invariant_04_EverySessionEndsByAStrangersHand() public {
        stage.checkExits(false);
    }

    function invariant_05_ATerminalStatusNeverChanges() public {
        stage.checkMoves(5);
    }

    function invariant_06_NoCallHasItsEffectTwiceOrElsewhere() public {
        stage.checkMoves(6);
    }

    function invariant_07_OnlyWhoHasAPowerUsesIt() public {
        stage.checkMoves(7);
    }

    function invariant_08_NobodyBlocksAnothersExit() public {
        stage.checkExits(true);
    }

    function invariant_09_OneLiveSessionPerDriverAndConnector() public view {
        stage.checkLocks();
    }

    function invariant_10_AProposedAmountNeverRises() public {
        stage.checkMoves(10);
    }

    function invariant_11_ASessionIdHasOneLife() public {
        stage.checkMoves(11);
    }

    /// @dev What an indexer with nothing but an RPC endpoint relies on.
    function invariant_12_TheBooksAreRebuiltFromEventsAlone() public view {
        stage.checkBooks();
    }

    /// @dev The moves are no empty gestures: a walk of them makes every one succeed.
    function test_AWalkGoesEverywhere() public {
        bytes4[] memory list = moves();
        string[24] memory names = [
            "open",
            "openDirect",
            "openWithPermit",
            "openWithAuthorization",
            "voidTerms",
            "topUp",
            "requestCancel",
            "requestStop",
            "dispute",
            "deposit",
            "withdraw",
            "withdrawSigned",
            "acknowledge",
            "acknowledgeBatch",
            "propose",
            "settle",
            "settleBatch",
            "cancel",
            "concede",
            "payStatement",
            "finalise",
            "finaliseCancel",
            "reclaim",
            "prove"
        ];
        uint256[24] memory seen;
        for (uint256 round = 0; round < 12; ++round) {
            uint256 fresh = vm.snapshotState();
            for (uint256 i = 0; i < 150; ++i) {
                bytes32 a = keccak256(abi.encode(round, i));
                (bool ok,) = address(stage).call(
                    abi.encodePacked(list[uint256(a) % list.length], words(a, 1), words(a, 2), words(a, 3))
                );
                vm.assertTrue(ok, "a move reverted");
            }
            stage.checkSolvency();
            stage.checkConservation();
            stage.checkBound();
            stage.checkBooks();
            for (uint256 n = 0; n < names.length; ++n) seen[n] += stage.done(names[n]);
            vm.revertToState(fresh);
        }
        for (uint256 n = 0; n < names.length; ++n) vm.assertTrue(seen[n] > 0, names[n]);
    }

    function words(bytes32 seed, uint256 place) private pure returns (bytes32) {
        return keccak256(abi.encode(seed, place));
    }
}
