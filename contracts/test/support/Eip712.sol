// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    ChargeTerms,
    ChargeReceipt,
    MeterRecord,
    Deposit,
    Withdraw,
    RoamingStatement
} from "../../src/ChargeTypes.sol";

/// @dev EIP-712 written a second time, from the types as wallets see them, so that src/ is not tested against itself.
library Eip712 {
    function domain(address escrow) internal view returns (bytes32) {
        return separator("Werenode Charge Escrow", "1", escrow);
    }

    function separator(string memory name, string memory version, address verifyingContract) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256(bytes(version)),
                block.chainid,
                verifyingContract
            )
        );
    }

    function digest(bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator, structHash));
    }

    function hash(ChargeTerms memory t) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                keccak256(
                    "ChargeTerms(address driver,bytes32 operatorId,address payee,address token,uint8 source,uint64 startFee,uint64 pricePerKWh,uint64 pricePerMinute,uint64 idlePerMinute,uint32 maxPowerW,address sessionKey,TermsDetails details)TermsDetails(bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt)"
                ),
                abi.encode(t.driver, t.operatorId, t.payee, t.token, t.source),
                abi.encode(t.startFee, t.pricePerKWh, t.pricePerMinute, t.idlePerMinute, t.maxPowerW, t.sessionKey),
                detailsHash(t)
            )
        );
    }

    function detailsHash(ChargeTerms memory t) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                keccak256(
                    "TermsDetails(bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt)"
                ),
                abi.encode(t.evseIdHash, t.connector, t.maxAmount, t.tariffHash, t.meterKeyHash),
                abi.encode(t.disputeBond, t.disputeWindow, t.openBy, t.startBy, t.settleBy, t.salt)
            )
        );
    }

    function hash(ChargeReceipt memory receipt) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "ChargeReceipt(bytes32 sessionId,uint64 startWh,uint64 endWh,uint48 startedAt,uint48 endedAt,uint32 chargingSeconds,uint32 idleSeconds,uint256 amount,bytes32 meterRoot)"
                ),
                receipt
            )
        );
    }

    function hash(MeterRecord memory record) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "MeterRecord(bytes32 sessionId,uint8 kind,uint64 wh,uint48 time,uint32 chargingSeconds,uint32 idleSeconds,uint48 counter)"
                ),
                record
            )
        );
    }

    function hash(Deposit memory order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Deposit(address from,address beneficiary,address token,uint256 amount,bytes32 salt)"), order
            )
        );
    }

    function hash(Withdraw memory order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Withdraw(address account,address token,uint256 amount,address to,uint256 nonce,uint48 deadline)"
                ),
                order
            )
        );
    }

    function hash(RoamingStatement memory statement) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "RoamingStatement(bytes32 payerId,bytes32 payeeId,address token,uint64 number,uint48 periodStart,uint48 periodEnd,uint256 total,bytes32 root,uint48 deadline)"
                ),
                statement
            )
        );
    }

    function quote(bytes32 sessionId) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Quote(bytes32 sessionId)"), sessionId));
    }

    function voidTerms(bytes32 sessionId, uint48 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("VoidTerms(bytes32 sessionId,uint48 deadline)"), sessionId, deadline));
    }

    function topUp(bytes32 sessionId, uint256 newMax, uint48 deadline) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("TopUp(bytes32 sessionId,uint256 newMax,uint48 deadline)"), sessionId, newMax, deadline
            )
        );
    }

    function requestCancel(bytes32 sessionId, uint48 deadline) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(keccak256("RequestCancel(bytes32 sessionId,uint48 deadline)"), sessionId, deadline));
    }

    function requestStop(bytes32 sessionId, uint48 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("RequestStop(bytes32 sessionId,uint48 deadline)"), sessionId, deadline));
    }

    function dispute(bytes32 sessionId, uint256 undisputed, uint48 deadline) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Dispute(bytes32 sessionId,uint256 undisputedAmount,uint48 deadline)"),
                sessionId,
                undisputed,
                deadline
            )
        );
    }

    /// @dev The token's side of ERC-3009, under TestEuro's domain.
    function authorization(address from, address to, uint256 value, uint256 validBefore, bytes32 nonce)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                from,
                to,
                value,
                0,
                validBefore,
                nonce
            )
        );
    }

    function permit(address owner, address spender, uint256 value, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                value,
                nonce,
                deadline
            )
        );
    }
}
