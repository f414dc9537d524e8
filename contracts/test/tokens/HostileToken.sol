// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestEuro} from "../../src/TestEuro.sol";

/// @dev A euro whose issuer turns nasty in one of many ways.
contract HostileToken is TestEuro {
    enum Mood {
        Honest,
        FeeIn, // keeps 1 % of what is pulled
        FeeOut, // delivers 1 % less
        Reverts,
        ReturnsFalse,
        ReturnsNothing,
        ReturnsTwo,
        BurnsGas,
        BurnsMost, // tells how much gas it was given, burns most of it and delivers
        Bombs, // reverts with a megabyte
        Reenters,
        Answers, // moves the tokens and answers the bytes it was told
        MovesNothing // and says yes
    }

    Mood public mood;
    mapping(address account => bool) public denied;
    address private target;
    bytes private payload;
    bytes public answer;
    bytes private words;
    bool public entered;
    /// @dev With how much gas the last transfer began (BurnsMost).
    uint256 public gasGiven;

    function setMood(Mood next) external {
        mood = next;
    }

    function deny(address account, bool yes) external {
        denied[account] = yes;
    }

    /// @dev What to call back with when asked to move tokens.
    function setPayload(address to, bytes calldata data) external {
        target = to;
        payload = data;
        mood = Mood.Reenters;
    }

    /// @dev What to answer after the tokens are moved.
    function setAnswer(bytes calldata data) external {
        words = data;
        mood = Mood.Answers;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (mood == Mood.BurnsMost) {
            gasGiven = gasleft();
            while (gasleft() > 50_000) {}
        }
        _act(to);
        if (mood == Mood.ReturnsFalse) return false;
        if (mood == Mood.MovesNothing) return true;
        if (mood == Mood.FeeOut) _update(msg.sender, address(0xfee), value / 100);
        _update(msg.sender, to, mood == Mood.FeeOut ? value - value / 100 : value);
        if (mood == Mood.ReturnsNothing) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        if (mood == Mood.ReturnsTwo) {
            assembly ("memory-safe") {
                mstore(0, 2)
                return(0, 32)
            }
        }
        if (mood == Mood.Answers) {
            bytes memory data = words;
            assembly ("memory-safe") {
                return(add(data, 0x20), mload(data))
            }
        }
        return true;
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _act(to);
        if (mood == Mood.ReturnsFalse) return false;
        super.transferFrom(from, to, value);
        if (mood == Mood.FeeIn) _update(to, address(0xfee), value / 100);
        return true;
    }

    /// @dev The form for contract wallets, as USDC has it; here anyone's signature will do.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256,
        uint256,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        require(to == msg.sender && keccak256(signature) == keccak256("contract wallet"), "authorization refused");
        _consumeNonce(from, nonce);
        _update(from, to, value);
        if (mood == Mood.FeeIn) _update(to, address(0xfee), value / 100);
    }

    function _act(address to) private {
        if (mood == Mood.Reverts || denied[to]) revert("denied");
        if (mood == Mood.BurnsGas) while (gasleft() > 500) {}
        if (mood == Mood.Bombs) {
            assembly ("memory-safe") {
                revert(0, 1000000)
            }
        }
        if (mood == Mood.Reenters) {
            (entered, answer) = target.call(payload);
        }
    }
}
