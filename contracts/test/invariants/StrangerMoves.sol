// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeReceipt, ChargeTerms, Delegation, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {OperatorMoves} from "./OperatorMoves.sol";

/// @dev What anyone does: close what is due, prove, try old calls again, here and elsewhere, and meddle.
abstract contract StrangerMoves is OperatorMoves {
    using Eip712 for *;

    function finalise(uint256 which) external {
        (bool found, uint256 place) = pickIn(which, which % 2 == 0 ? Status.Proposed : Status.Disputed);
        if (found) act("finalise", stranger, abi.encodeCall(escrow.finalise, (plays[place].terms)));
    }

    function finaliseCancel(uint256 which) external {
        (bool found, uint256 place) = pickIn(which, Status.CancelRequested);
        if (found) act("finaliseCancel", stranger, abi.encodeCall(escrow.finaliseCancel, (plays[place].terms)));
    }

    function reclaim(uint256 which) external {
        (bool found, uint256 place) = pick(which);
        if (found) act("reclaim", stranger, abi.encodeCall(escrow.reclaim, (plays[place].terms)));
    }

    function prove(uint256 which) external {
        (bool found, uint256 place) = pickIn(which, Status.Disputed);
        if (!found) return;
        Play storage play = plays[place];
        bytes memory call =
            abi.encodeCall(escrow.prove, (play.terms, play.receipt, evidenceOf(play.start, play.end)));
        act("prove", stranger, call);
    }

    /// @dev Invariant 6: a call that once had its effect has none again by a stranger's hand, nor on a twin escrow, nor on
    /// another chain. (A stop request only says again what it said; it moves nothing.)
    function replay(uint256 which, uint256 where) external {
        if (deeds.length == 0) return;
        bytes memory call = deeds[which % deeds.length].call;
        bytes4 selector = bytes4(call);
        // What anyone may do anyway is no signature's effect.
        if (
            selector == escrow.finalise.selector || selector == escrow.reclaim.selector
                || selector == escrow.finaliseCancel.selector || selector == escrow.prove.selector
                || selector == escrow.deposit.selector || selector == escrow.withdraw.selector
        ) return;
        if (where % 3 == 0) {
            bytes32 before = digestOf(twin);
            vm.prank(stranger);
            (bool ok,) = address(twin).call{gas: MOVE_GAS}(call);
            ok;
            hold(6, digestOf(twin) == before, "a call had its effect on a twin escrow");
        } else {
            uint256 chain = block.chainid;
            if (where % 3 == 1) vm.chainId(4711);
            bytes32 before = digestOf(escrow);
            vm.prank(stranger);
            (bool ok,) = address(escrow).call{gas: MOVE_GAS}(call);
            ok;
            hold(6, digestOf(escrow) == before, "a call had its effect twice, or on another chain");
            vm.chainId(chain);
        }
    }

    /// @dev Invariant 7: whoever tries what needs a power succeeds only with that power.
    function meddle(uint256 who, uint256 what, uint256 which) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        ChargeTerms memory t = plays[place].terms;
        address[8] memory crowd = [stranger, driver, sessionKey, quoter, receipter, canceller, keeper, payer];
        address sender = crowd[who % 8];
        uint8 needed;
        bytes memory call;
        if (what % 6 == 0) (needed, call) = (Scopes.CANCEL, abi.encodeCall(escrow.cancel, (t)));
        else if (what % 6 == 1) (needed, call) = (Scopes.CANCEL, abi.encodeCall(escrow.concede, (t)));
        else if (what % 6 == 2) (needed, call) = (Scopes.RECEIPT, abi.encodeCall(escrow.acknowledgeStart, (t)));
        else return meddleWithRegistry(sender, what);
        bool may = operators.isAuthorised(operatorId, sender, needed);
        bool ok = act("meddle", sender, call);
        hold(7, may || !ok, "a call succeeded without the power it needs");
    }

    function meddleWithRegistry(address sender, uint256 what) internal {
        bytes[5] memory calls = [
            abi.encodeCall(operators.proposePayout, (operatorId, sender)),
            abi.encodeCall(operators.setDelegate, (operatorId, sender, Delegation(63, type(uint48).max, 0))),
            abi.encodeCall(operators.transferOwnership, (operatorId, sender)),
            abi.encodeCall(operators.acceptOwnership, (operatorId)),
            abi.encodeCall(operators.removeDelegate, (operatorId, keeper))
        ];
        vm.prank(sender);
        (bool ok,) = address(operators).call(calls[what / 6 % 5]);
        hold(7, !ok, "another than the owner changed an operator");
    }
}
