// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {CreditLedger} from "../../src/CreditLedger.sol";
import {RoamingLedger} from "../../src/RoamingLedger.sol";
import {ChargeReceipt, ChargeTerms, MeterRecord, Session, Source, Status} from "../../src/ChargeTypes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {Vm} from "../support/Vm.sol";
import {World} from "../support/World.sol";

/// @dev The stage of the stateful tests: three drivers, one operator, an honest and a hostile euro, a twin escrow. It keeps
/// books of its own, from the escrow's events alone, and looks after every move whether something happened that never may.
abstract contract Scene is World {
    using Eip712 for *;

    /// @dev What the books know of a session.
    struct Play {
        ChargeTerms terms;
        bytes32 id;
        uint256 key; // the driver's
        uint256 limit; // maxAmount or the last top-up
        uint256 paid;
        uint256 returned;
        uint256 bound; // the most the receipts accepted so far allow
        uint256 proposed;
        bool whollyProven;
        Status last;
        ChargeReceipt receipt; // the proposed one
        MeterRecord start;
        MeterRecord end;
    }

    /// @dev A call that once succeeded, to be tried again by a stranger.
    struct Deed {
        bytes call;
    }

    uint256 internal constant MAX_PLAYS = 10;
    uint256 internal constant MAX_DEEDS = 60;
    /// @dev What one transaction may use; a token that burns gas burns all it is given.
    uint256 internal constant MOVE_GAS = 5_000_000;
    uint256[3] internal drivers = [DRIVER, uint256(keccak256("driver 2")), uint256(keccak256("driver 3"))];
    HostileToken internal hostile;
    ChargeEscrow internal twin;
    address internal otherPayout = address(0xfade);

    Play[] internal plays;
    mapping(bytes32 id => uint256 placePlusOne) internal placeOf;
    Deed[] internal deeds;
    address[] internal accounts;
    mapping(address account => mapping(address token => uint256)) internal book;
    mapping(address token => uint256) internal donated;
    /// @dev Successful moves by name, to show that the walk goes everywhere.
    mapping(string move => uint256) public done;
    /// @dev What a move did although an invariant forbids it, by the invariant's number; empty while it holds.
    mapping(uint256 number => string) public violation;

    function setUp() public virtual override {
        vm.warp(T0);
        deployAll();
        foundOperator();
        hostile = new HostileToken();
        address[] memory both = new address[](2);
        (both[0], both[1]) = (address(euro), address(hostile));
        twin = deployEscrow(both);
        escrow = deployEscrow(both);
        for (uint256 i = 0; i < 3; ++i) {
            address account = vm.addr(drivers[i]);
            accounts.push(account);
            supply(account);
            deposit(account, address(euro), 500 * EURO);
            deposit(account, address(hostile), 500 * EURO);
        }
        accounts.push(payout);
        accounts.push(otherPayout);
        accounts.push(owner);
        accounts.push(stranger);
        deposit(owner, address(euro), 100 * EURO);
    }

    /// @dev Tokens in the wallet, allowances for both escrows, credit in the twin.
    function supply(address account) private {
        euro.mint(account, 2000 * EURO);
        hostile.mint(account, 2000 * EURO);
        vm.startPrank(account);
        euro.approve(address(escrow), type(uint256).max);
        hostile.approve(address(escrow), type(uint256).max);
        euro.approve(address(twin), type(uint256).max);
        hostile.approve(address(twin), type(uint256).max);
        twin.deposit(address(euro), 500 * EURO, account);
        twin.deposit(address(hostile), 500 * EURO, account);
        vm.stopPrank();
    }

    function deposit(address account, address token, uint256 amount) internal {
        HostileToken(token).mint(account, amount);
        vm.prank(account);
        HostileToken(token).approve(address(escrow), type(uint256).max);
        act("deposit", account, abi.encodeCall(escrow.deposit, (token, amount, account)));
    }

    // ---- Moving and looking

    /// @dev One call on the escrow; whatever it did, nothing forbidden may have happened.
    function act(string memory move, address sender, bytes memory call) internal returns (bool ok) {
        vm.recordLogs();
        vm.prank(sender);
        (ok,) = address(escrow).call{gas: MOVE_GAS}(call);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (ok) {
            bool whole = true;
            for (uint256 i = 0; i < logs.length; ++i) {
                if (logs[i].emitter != address(escrow)) continue;
                write(logs[i]);
                if (logs[i].topics[0] == ChargeEscrow.ItemSkipped.selector) whole = false;
            }
            // A skipped item had no effect yet and may have its first one later.
            if (whole && deeds.length < MAX_DEEDS) deeds.push(Deed(call));
            else if (whole) deeds[done[move] % MAX_DEEDS] = Deed(call);
            ++done[move];
        }
        look();
    }

    /// @dev Enters an event into the books.
    function write(Vm.Log memory log) private {
        bytes32 what = log.topics[0];
        if (what == CreditLedger.CreditDeposited.selector) {
            (, uint256 amount) = abi.decode(log.data, (address, uint256));
            book[toAccount(log.topics[1])][toAccount(log.topics[2])] += amount;
        } else if (what == CreditLedger.CreditWithdrawn.selector) {
            (, uint256 amount) = abi.decode(log.data, (address, uint256));
            book[toAccount(log.topics[1])][toAccount(log.topics[2])] -= amount;
        } else if (what == CreditLedger.RefundKeptAsCredit.selector) {
            book[toAccount(log.topics[1])][toAccount(log.topics[2])] += abi.decode(log.data, (uint256));
        } else if (what == RoamingLedger.StatementPaid.selector) {
            (,,, uint256 total,, address from, address to) =
                abi.decode(log.data, (uint64, uint48, uint48, uint256, bytes32, address, address));
            book[from][toAccount(log.topics[3])] -= total;
            book[to][toAccount(log.topics[3])] += total;
        } else {
            writeSession(log);
        }
    }

    function writeSession(Vm.Log memory log) private {
        bytes32 what = log.topics[0];
        if (what == ChargeEscrow.SessionVoided.selector || what == ChargeEscrow.ItemSkipped.selector) return;
        if (what == ChargeEscrow.SessionOpened.selector) return enter(log);
        Play storage play = plays[placeOf[log.topics[1]] - 1];
        if (what == ChargeEscrow.SessionToppedUp.selector) {
            uint256 newMax = abi.decode(log.data, (uint256));
            if (play.terms.source == Source.Credit) spend(play.terms, newMax - play.limit);
            play.limit = newMax;
        } else if (what == ChargeEscrow.SessionProposed.selector) {
            (, uint256 amount,, uint256 returned,) =
                abi.decode(log.data, (bytes32, uint256, uint256, uint256, uint48));
            bool again = play.last == Status.Proposed || play.last == Status.Disputed;
            if (again) hold(10, amount <= play.proposed, "a higher amount was proposed");
            play.proposed = amount;
            giveBack(play, returned);
        } else if (what == ChargeEscrow.SessionDisputed.selector) {
            (uint256 undisputed,) = abi.decode(log.data, (uint256, uint48));
            pay(play, undisputed);
        } else if (what == ChargeEscrow.SessionProven.selector) {
            play.whollyProven = abi.decode(log.data, (uint256)) == play.proposed;
        } else if (what == ChargeEscrow.SessionSettled.selector) {
            (, uint256 paid, uint256 returned) = abi.decode(log.data, (bytes32, uint256, uint256));
            pay(play, paid);
            giveBack(play, returned);
        } else if (what == ChargeEscrow.SessionCancelled.selector || what == ChargeEscrow.SessionReclaimed.selector) {
            giveBack(play, abi.decode(log.data, (uint256)));
        }
    }

    function enter(Vm.Log memory log) private {
        Play storage play = plays[placeOf[log.topics[1]] - 1];
        ChargeTerms memory t = abi.decode(log.data, (ChargeTerms));
        vm.assertEq(keccak256(abi.encode(t)), keccak256(abi.encode(play.terms)), "the event carries the terms");
        play.limit = t.maxAmount;
        if (t.source == Source.Credit) spend(t, t.maxAmount);
    }

    function spend(ChargeTerms memory t, uint256 amount) private {
        book[t.driver][t.token] -= amount;
    }

    function pay(Play storage play, uint256 amount) private {
        play.paid += amount;
        book[play.terms.payee][play.terms.token] += amount;
    }

    function giveBack(Play storage play, uint256 amount) private {
        play.returned += amount;
        if (play.terms.source == Source.Credit) book[play.terms.driver][play.terms.token] += amount;
    }

    function toAccount(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }

    /// @dev Invariants 5, 10 and 11: what no single move may do.
    function look() internal {
        for (uint256 i = 0; i < plays.length; ++i) {
            Play storage play = plays[i];
            Session memory now_ = escrow.sessionOf(play.id);
            if (isTerminal(play.last)) hold(5, now_.status == play.last, "a terminal status changed");
            if (play.last != Status.None) hold(11, now_.status != Status.None, "a session id began again");
            if (play.last == Status.Proposed || play.last == Status.Disputed) {
                bool still = now_.status == Status.Proposed || now_.status == Status.Disputed;
                if (still) hold(10, now_.amount <= play.proposed, "a proposed amount rose");
            }
            play.last = now_.status;
        }
    }

    function odd(uint256 seed) internal pure returns (bool) {
        return seed % 2 == 1;
    }

    function hold(uint256 number, bool holds, string memory otherwise) internal {
        if (!holds && bytes(violation[number]).length == 0) violation[number] = otherwise;
    }

    function isTerminal(Status status) internal pure returns (bool) {
        return status == Status.Voided || status >= Status.Settled;
    }

    function isLive(Status status) internal pure returns (bool) {
        return status == Status.Open || status == Status.CancelRequested || status == Status.Started;
    }

    /// @dev Everything the escrow holds and owes, in one word.
    function digestOf(ChargeEscrow place) internal view returns (bytes32 digest) {
        for (uint256 i = 0; i < plays.length; ++i) {
            digest = keccak256(abi.encode(digest, place.sessionOf(plays[i].id)));
        }
        for (uint256 i = 0; i < accounts.length; ++i) {
            digest = keccak256(
                abi.encode(
                    digest,
                    place.creditOf(accounts[i], address(euro)),
                    place.creditOf(accounts[i], address(hostile)),
                    euro.balanceOf(accounts[i]),
                    hostile.balanceOf(accounts[i])
                )
            );
        }
    }

    function tokenOf(uint256 seed) internal view returns (HostileToken) {
        return seed % 2 == 0 ? HostileToken(address(euro)) : hostile;
    }
}
