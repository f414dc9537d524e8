// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    ChargeReceipt,
    ChargeTerms,
    MeterRecord,
    Deposit,
    Withdraw,
    RoamingStatement,
    StandingOffer,
    TermsCore,
    ReceiptFigures
} from "../ChargeTypes.sol";
import {Layout} from "./Layout.sol";

/// @notice EIP-712 struct hashes of everything that is signed for the escrow.
/// @dev Every type is static, so its words in calldata are its EIP-712 encoding. They are hashed as they were sent, not
/// re-encoded field by field: a word with dirty high bits hashes to something nobody signed, and opening a session
/// validates every field when it emits the terms.
library ChargeHashes {
    bytes32 internal constant DETAILS = keccak256(
        "TermsDetails(bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt)"
    );
    bytes32 internal constant TERMS = keccak256(
        "ChargeTerms(address driver,bytes32 operatorId,address payee,address token,uint8 source,uint64 startFee,uint64 pricePerKWh,uint64 pricePerMinute,uint64 idlePerMinute,uint32 maxPowerW,address sessionKey,TermsDetails details)TermsDetails(bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt)"
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

    uint256 private constant CORE_WORDS = 11;
    uint256 private constant DETAILS_WORDS = 11;

    /// @dev Nested: the details' hash stands for them, so that a settlement need not carry them.
    function hash(ChargeTerms calldata terms) internal pure returns (bytes32) {
        TermsCore calldata core = Layout.core(terms);
        return hash(core, _hashWords(DETAILS, _from(core) + CORE_WORDS * 32, DETAILS_WORDS));
    }

    function hash(TermsCore calldata core, bytes32 detailsHash) internal pure returns (bytes32 digest) {
        bytes32 typeHash = TERMS;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), core, 0x160)
            mstore(add(free, 0x180), detailsHash)
            digest := keccak256(free, 0x1a0)
        }
    }

    function hash(ChargeReceipt calldata receipt) internal pure returns (bytes32) {
        return hash(receipt.sessionId, Layout.figures(receipt));
    }

    function hash(bytes32 sessionId, ReceiptFigures calldata figures) internal pure returns (bytes32 digest) {
        bytes32 typeHash = RECEIPT;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            mstore(add(free, 0x20), sessionId)
            calldatacopy(add(free, 0x40), figures, 0x100)
            digest := keccak256(free, 0x140)
        }
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

    function _from(TermsCore calldata core) private pure returns (uint256 from) {
        assembly ("memory-safe") {
            from := core
        }
    }

    /// @dev keccak256(typeHash || `words` words of calldata from `from`).
    function _hashWords(bytes32 typeHash, uint256 from, uint256 words) private pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), from, mul(words, 0x20))
            digest := keccak256(free, mul(add(words, 1), 0x20))
        }
    }
}
