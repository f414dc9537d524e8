// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeReceipt, ChargeTerms, Source, Status, Withdraw} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {Scene} from "./Scene.sol";

/// @dev What drivers do: open, top up, ask, dispute, deposit, withdraw.
abstract contract DriverMoves is Scene {
    using Eip712 for *;

    function open(uint256 who, uint256 how, uint256 what) external {
        if (plays.length == MAX_PLAYS) return;
        uint256 key = drivers[who % 3];
        ChargeTerms memory t = terms(Source(how % 3));
        t.driver = vm.addr(key);
        t.payee = operators.payoutOf(operatorId);
        t.token = address(tokenOf(what));
        t.connector = uint16(what / 2 % 2);
        t.maxAmount = bound(what, 20 * EURO, 60 * EURO);
        t.disputeWindow = uint32(bound(how, 1 hours, 3 days));
        t.salt = bytes32(plays.length);
        bytes32 id = idOf(t);
        placeOf[id] = plays.length + 1;
        plays.push().terms = t;
        plays[plays.length - 1].id = id;
        plays[plays.length - 1].key = key;
        if (what % 7 == 0) {
            act("voidTerms", t.driver, abi.encodeCall(escrow.voidTerms, (t, 0, "")));
        } else if (how % 5 == 0 && t.source != Source.Authorization) {
            act("openDirect", t.driver, abi.encodeCall(escrow.openDirect, (t, quote(t))));
        } else if (t.source == Source.Credit) {
            act("open", stranger, abi.encodeCall(escrow.open, (t, signed(key, t.hash()), quote(t))));
        } else if (t.source == Source.Allowance) {
            bytes memory call = abi.encodeCall(escrow.openWithPermit, (t, noPermit(), signed(key, t.hash()), quote(t)));
            act("openWithPermit", stranger, call);
        } else {
            bytes memory call = abi.encodeCall(escrow.openWithAuthorization, (t, authorizationFor(t, key), quote(t)));
            act("openWithAuthorization", stranger, call);
        }
    }

    function topUp(uint256 which, uint256 by, uint256 how) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        Play storage play = plays[place];
        ChargeTerms memory t = play.terms;
        uint256 held = escrow.sessionOf(play.id).held;
        uint256 newMax = held + bound(by, 0, 10 * EURO);
        uint48 deadline = uint48(block.timestamp + 1 hours);
        bytes32 message = Eip712.topUp(play.id, newMax, deadline);
        bytes memory signature;
        if (t.source == Source.Authorization) {
            bytes32 nonce = Eip712.digest(Eip712.domain(address(escrow)), message);
            bytes32 hash =
                Eip712.authorization(t.driver, address(escrow), newMax - held, uint256(deadline) + 1, nonce);
            signature = rawSigned(play.key, Eip712.digest(tokenDomain(t.token), hash));
        } else if (!odd(how)) {
            signature = signed(play.key, message);
        }
        act("topUp", odd(how) ? t.driver : stranger, abi.encodeCall(escrow.topUp, (t, newMax, deadline, signature)));
    }

    function requestCancel(uint256 which, uint256 how) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        Play storage play = plays[place];
        uint48 deadline = uint48(block.timestamp + 6 hours);
        bytes memory signature =
            signed(odd(how) ? SESSION_KEY : play.key, Eip712.requestCancel(play.id, deadline));
        act("requestCancel", stranger, abi.encodeCall(escrow.requestCancel, (play.terms, deadline, signature)));
    }

    function requestStop(uint256 which) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        act("requestStop", sessionKey, abi.encodeCall(escrow.requestStop, (plays[place].terms, 0, "")));
    }

    function dispute(uint256 which, uint256 undisputed, uint256 how) external {
        (bool found, uint256 place) = pickIn(which, Status.Proposed);
        if (!found) return;
        Play storage play = plays[place];
        uint256 amount = bound(undisputed, 0, play.proposed);
        uint48 deadline = uint48(block.timestamp + 6 hours);
        bytes memory signature =
            signed(odd(how) ? SESSION_KEY : play.key, Eip712.dispute(play.id, amount, deadline));
        act("dispute", stranger, abi.encodeCall(escrow.dispute, (play.terms, amount, deadline, signature)));
    }

    function depositMore(uint256 who, uint256 what) external {
        address driver_ = vm.addr(drivers[who % 3]);
        uint256 amount = bound(what, 1, 20 * EURO);
        act("deposit", driver_, abi.encodeCall(escrow.deposit, (address(tokenOf(what)), amount, driver_)));
    }

    function withdraw(uint256 who, uint256 what, uint256 how) external {
        uint256 key = drivers[who % 3];
        address driver_ = vm.addr(key);
        address token = address(tokenOf(what));
        uint256 amount = bound(what, 1, 20 * EURO);
        if (odd(how)) {
            Withdraw memory order = Withdraw(
                driver_, token, amount, driver_, escrow.withdrawNonceOf(driver_, token), uint48(block.timestamp + 6 hours)
            );
            bytes memory signature = signed(key, order.hash());
            act("withdrawSigned", stranger, abi.encodeCall(escrow.withdrawSigned, (order, signature)));
        } else {
            act("withdraw", driver_, abi.encodeCall(escrow.withdraw, (token, amount, driver_)));
        }
    }

    function pick(uint256 which) internal view returns (bool, uint256) {
        return plays.length == 0 ? (false, 0) : (true, which % plays.length);
    }

    /// @dev The first session in a status, from a random place on; any session if there is none.
    function pickIn(uint256 which, Status status) internal view returns (bool, uint256) {
        for (uint256 i = 0; i < plays.length; ++i) {
            uint256 place = (which % plays.length + i) % plays.length;
            if (plays[place].last == status) return (true, place);
        }
        return pick(which);
    }

    /// @dev The exact price of a receipt, rounded down once.
    function priceOf(ChargeTerms memory t, ChargeReceipt memory r) internal pure returns (uint256) {
        return t.startFee + (uint256(r.endWh - r.startWh) * t.pricePerKWh * 60
                    + uint256(r.chargingSeconds) * t.pricePerMinute * 1000
                    + uint256(r.idleSeconds) * t.idlePerMinute * 1000) / 60_000;
    }
}
