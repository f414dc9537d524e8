// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    ChargeTerms,
    ChargeReceipt,
    MeterRecord,
    Deposit,
    Withdraw,
    RoamingStatement,
    StandingOffer
} from "../ChargeTypes.sol";

/// @notice EIP-712 struct hashes of everything that is signed for the escrow.
/// @dev Every type is flat and static, so `abi.encode(TYPEHASH, value)` is its EIP-712 encoding.
library ChargeHashes {
    bytes32 internal constant TERMS = keccak256(
        "ChargeTerms(address driver,bytes32 operatorId,address payee,bytes32 evseIdHash,uint16 connector,address token,uint8 source,uint256 maxAmount,uint64 startFee,uint64 pricePerKWh,uint64 pricePerMinute,uint64 idlePerMinute,bytes32 tariffHash,uint32 maxPowerW,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,address sessionKey,bytes32 salt)"
    );
    bytes32 internal constant RECEIPT = keccak256(
        "ChargeReceipt(bytes32 sessionId,uint64 startWh,uint64 endWh,uint48 startedAt,uint48 endedAt,uint32 chargingSeconds,uint32 idleSeconds,uint256 amount,bytes32 meterRoot)"
    );
    bytes32 internal constant RECORD = keccak256(
        "MeterRecord(bytes32 sessionId,uint8 kind,uint64 wh,uint48 time,uint32 chargingSeconds,uint32 idleSeconds,uint48 counter)"
    );
    bytes32 internal constant QUOTE = keccak256("Quote(bytes32 sessionId)");
    bytes32 internal constant VOID = keccak256("VoidTerms(bytes32 sessionId,uint48 deadline)");
    bytes32 internal constant TOP_UP = keccak256("TopUp(bytes32 sessionId,uint256 newMax,uint48 deadline)");
    bytes32 internal constant REQUEST_CANCEL = keccak256("RequestCancel(bytes32 sessionId,uint48 deadline)");
    bytes32 internal constant REQUEST_STOP = keccak256("RequestStop(bytes32 sessionId,uint48 deadline)");
    bytes32 internal constant DISPUTE =
        keccak256("Dispute(bytes32 sessionId,uint256 undisputedAmount,uint48 deadline)");
    bytes32 internal constant DEPOSIT =
        keccak256("Deposit(address from,address beneficiary,address token,uint256 amount,bytes32 salt)");
    bytes32 internal constant WITHDRAW = keccak256(
        "Withdraw(address account,address token,uint256 amount,address to,uint256 nonce,uint48 deadline)"
    );
    bytes32 internal constant STATEMENT = keccak256(
        "RoamingStatement(bytes32 payerId,bytes32 payeeId,address token,uint64 number,uint48 periodStart,uint48 periodEnd,uint256 total,bytes32 root,uint48 deadline)"
    );

    function hash(ChargeTerms calldata terms) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := terms
        }
        return _hashWords(TERMS, from, 22);
    }

    function hash(ChargeReceipt calldata receipt) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := receipt
        }
        return _hashWords(RECEIPT, from, 9);
    }

    function hash(MeterRecord calldata record) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := record
        }
        return _hashWords(RECORD, from, 7);
    }

    function hash(Deposit calldata order) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := order
        }
        return _hashWords(DEPOSIT, from, 5);
    }

    function hash(Withdraw calldata order) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := order
        }
        return _hashWords(WITHDRAW, from, 6);
    }

    function hash(RoamingStatement calldata statement) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := statement
        }
        return _hashWords(STATEMENT, from, 9);
    }

    /// @dev A standing offer is stored as this hash; it is never signed (R10).
    function hash(StandingOffer calldata offer) internal pure returns (bytes32) {
        return keccak256(abi.encode(offer));
    }

    function quote(bytes32 sessionId) internal pure returns (bytes32) {
        return keccak256(abi.encode(QUOTE, sessionId));
    }

    /// @dev For the requests that carry a session id and a deadline only.
    function request(bytes32 typeHash, bytes32 sessionId, uint48 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(typeHash, sessionId, deadline));
    }

    /// @dev For the requests that carry an amount as well.
    function request(bytes32 typeHash, bytes32 sessionId, uint256 amount, uint48 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(typeHash, sessionId, amount, deadline));
    }

    /// @dev keccak256(typeHash || `words` words of calldata from `from`): the struct as it was sent, not re-encoded field by
    /// field. A word with dirty high bits hashes to something nobody signed.
    function _hashWords(bytes32 typeHash, uint256 from, uint256 words) private pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), from, mul(words, 0x20))
            digest := keccak256(free, mul(add(words, 1), 0x20))
        }
    }
}
