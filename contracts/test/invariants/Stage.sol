// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {HostileToken} from "../tokens/HostileToken.sol";
import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {ChargeTerms, Session, Status} from "../../src/ChargeTypes.sol";
import {StrangerMoves} from "./StrangerMoves.sol";

/// @dev What the issuer of the hostile euro and the clock do, and what the invariants ask.
contract Stage is StrangerMoves {
    // ---- The issuer

    function setMood(uint256 mood) external {
        if (mood % 3 == 0) hostile.setMood(HostileToken.Mood.Honest);
        else hostile.setMood(HostileToken.Mood(mood % 10));
    }

    function deny(uint256 who, uint256 how) external {
        hostile.deny(vm.addr(drivers[who % 3]), odd(how));
    }

    function reenter(uint256 which) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        hostile.setPayload(address(escrow), abi.encodeCall(escrow.reclaim, (plays[place].terms)));
    }

    function donate(uint256 amount) external {
        HostileToken token = tokenOf(amount);
        uint256 gift = bound(amount, 1, EURO);
        token.mint(address(escrow), gift);
        donated[address(token)] += gift;
    }

    // ---- The clock

    function wait(uint256 howLong) external {
        vm.warp(block.timestamp + bound(howLong, 1 minutes, 12 hours));
    }

    function waitForADeadline(uint256 which, uint256 how) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        uint256 deadline = escrow.sessionOf(plays[place].id).deadline;
        if (deadline == 0) deadline = which % 2 == 0 ? plays[place].terms.startBy : plays[place].terms.settleBy;
        if (odd(how)) deadline += 1;
        if (deadline > block.timestamp) vm.warp(deadline);
    }

    // ---- What the invariants ask

    /// @dev 1: per token, the balance covers all that is held and owed, exactly if donations are counted apart.
    function checkSolvency() external view {
        checkSolvency(euro.balanceOf(address(escrow)), address(euro));
        checkSolvency(hostile.balanceOf(address(escrow)), address(hostile));
    }

    function checkSolvency(uint256 balance, address token) private view {
        uint256 owed = 0;
        for (uint256 i = 0; i < plays.length; ++i) {
            if (plays[i].terms.token == token) owed += escrow.sessionOf(plays[i].id).held;
        }
        for (uint256 i = 0; i < accounts.length; ++i) owed += escrow.creditOf(accounts[i], token);
        vm.assertEq(balance, owed + donated[token], "1: solvent");
    }

    /// @dev 2: per session nothing is lost and nothing is made.
    function checkConservation() external view {
        for (uint256 i = 0; i < plays.length; ++i) {
            Play storage play = plays[i];
            uint256 held = escrow.sessionOf(play.id).held;
            vm.assertEq(play.paid + play.returned + held, play.limit, "2: conserved");
            if (isTerminal(play.last)) vm.assertEq(held, 0, "2: terminal means nothing held");
        }
    }

    /// @dev 3: no more is paid than limit and signed tariff allow, but for the bond after a full proof.
    function checkBound() external view {
        for (uint256 i = 0; i < plays.length; ++i) {
            Play storage play = plays[i];
            uint256 most = play.bound < play.limit ? play.bound : play.limit;
            if (play.whollyProven) most += play.terms.disputeBond;
            vm.assertLe(play.paid, most, "3: bounded");
            vm.assertLe(play.paid, play.limit, "3: never above the limit");
        }
    }

    /// @dev 4, and 8 in a hostile world: once its time is over every session ends by a stranger's hand alone, whatever operator, registry and
    /// issuer do; and who has credit in the honest euro gets it out.
    function checkExits(bool hostileWorld) external {
        uint256 snapshot = vm.snapshotState();
        if (hostileWorld) turnHostile();
        uint256 number = hostileWorld ? 8 : 4;
        for (uint256 i = 0; i < plays.length; ++i) {
            ChargeTerms memory t = plays[i].terms;
            Status status = statusOf(plays[i].id);
            if (status == Status.None || isTerminal(status)) continue;
            uint256 over = uint256(t.settleBy) + t.disputeWindow + 72 hours + 1;
            if (block.timestamp < over) vm.warp(over);
            vm.prank(stranger);
            bytes memory call =
                isLive(status) ? abi.encodeCall(escrow.reclaim, (t)) : abi.encodeCall(escrow.finalise, (t));
            (bool ok,) = address(escrow).call{gas: MOVE_GAS}(call);
            vm.assertTrue(ok && isTerminal(statusOf(plays[i].id)), numbered(number, "a session has no way out"));
            vm.assertEq(heldOf(plays[i].id), 0, numbered(number, "something was left behind"));
        }
        for (uint256 i = 0; i < accounts.length; ++i) {
            uint256 credit_ = escrow.creditOf(accounts[i], address(euro));
            if (credit_ == 0) continue;
            vm.prank(accounts[i]);
            (bool ok,) = address(escrow).call(
                abi.encodeCall(escrow.withdraw, (address(euro), credit_, address(0xd00d)))
            );
            vm.assertTrue(ok, numbered(number, "credit cannot leave"));
        }
        vm.revertToState(snapshot);
    }

    /// @dev Registry and evidence rules answer nothing any more; the issuer refuses everyone.
    function turnHostile() private {
        bytes memory refusing = hex"60006000fd";
        vm.etch(address(operators), refusing);
        vm.etch(address(evses), refusing);
        vm.etch(address(evidenceRules), refusing);
        vm.etch(address(verifier), refusing);
        hostile.setMood(HostileToken.Mood.BurnsGas);
    }

    /// @dev 9: one live session per driver and connector at most, and the lock says which.
    function checkLocks() external view {
        for (uint256 i = 0; i < plays.length; ++i) {
            ChargeTerms storage a = plays[i].terms;
            bytes32 lock = escrow.liveSessionOf(a.operatorId, a.evseIdHash, a.connector, a.driver);
            bool live = isLive(statusOf(plays[i].id));
            if (live) vm.assertEq(lock, plays[i].id, "9: locked by its live session");
            else vm.assertTrue(lock != plays[i].id, "9: only live sessions lock");
            for (uint256 j = 0; live && j < i; ++j) {
                ChargeTerms storage b = plays[j].terms;
                bool same = a.driver == b.driver && a.connector == b.connector;
                vm.assertFalse(same && isLive(statusOf(plays[j].id)), "9: one live session");
            }
        }
    }

    /// @dev The books kept from events alone agree with the escrow's own.
    function checkBooks() external view {
        for (uint256 i = 0; i < accounts.length; ++i) {
            vm.assertEq(escrow.creditOf(accounts[i], address(euro)), book[accounts[i]][address(euro)], "books");
            vm.assertEq(escrow.creditOf(accounts[i], address(hostile)), book[accounts[i]][address(hostile)], "books");
        }
    }

    /// @dev 5, 6, 7, 10, 11: what the moves themselves looked after.
    function checkMoves(uint256 number) external {
        look();
        vm.assertEq(violation[number], "");
    }

    function numbered(uint256 number, string memory what) private pure returns (string memory) {
        return string.concat(vm.toString(number), ": ", what);
    }
}
