// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {UnsupportedToken} from "../../src/ChargeErrors.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {World} from "../support/World.sol";

contract EighteenDecimals is ERC20("x", "x") {}

contract DeploymentTest is World {
    function make(address[] memory accepted) external {
        deployEscrow(accepted);
    }

    function list(address a, address b) internal pure returns (address[] memory both) {
        both = new address[](2);
        (both[0], both[1]) = (a, b);
    }

    function test_RevertWhen_ATokenIsUnsupported() public {
        address eighteen = address(new EighteenDecimals());
        address[3] memory wrong = [address(euro), stranger, eighteen];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(UnsupportedToken.selector, wrong[i]));
            this.make(list(address(euro), wrong[i]));
        }
    }

    function test_AcceptsExactlyItsTokens() public {
        HostileToken second = new HostileToken();
        escrow = deployEscrow(list(address(euro), address(second)));
        address[] memory found = escrow.tokens();
        vm.assertEq(found.length, 2);
        vm.assertEq(found[0], address(euro));
        vm.assertEq(found[1], address(second));
        vm.assertTrue(escrow.isAccepted(address(euro)) && escrow.isAccepted(address(second)));
        vm.assertFalse(escrow.isAccepted(address(0)) || escrow.isAccepted(stranger));
    }

    function test_KnowsItsParts() public view {
        vm.assertEq(address(escrow.EVIDENCE()), address(evidenceRules));
        vm.assertEq(address(escrow.EVSES()), address(evses));
        vm.assertEq(address(escrow.OPERATORS()), address(operators));
        vm.assertEq(address(evidenceRules.EVSES()), address(evses));
        vm.assertEq(evidenceRules.VERIFIER(), address(verifier));
    }

    function test_FitsEip170() public view {
        if (keccak256(bytes(vm.envOr("WERENODE_CODE", "artifacts"))) == keccak256("forge")) return;
        address[6] memory all =
            [address(escrow), address(evses), address(operators), address(evidenceRules), address(verifier), address(euro)];
        for (uint256 i = 0; i < all.length; ++i) vm.assertLe(all[i].code.length, 24_576);
    }

    // ---- P256MeterVerifier

    function test_P256() public view {
        (uint256 x, uint256 y) = vm.publicKeyP256(P256_METER);
        bytes memory key = abi.encodePacked(x, y);
        bytes32 digest = keccak256("digest");
        bytes memory good = p256Signed(P256_METER, digest);
        bytes4 yes = IERC7913SignatureVerifier.verify.selector;
        bytes4 no = 0xFFFFFFFF;
        assertAnswer(verifier.verify(key, digest, good), yes);
        assertAnswer(verifier.verify(key, keccak256("other"), good), no);
        assertAnswer(verifier.verify(bytes.concat(key, hex"00"), digest, good), no);
        assertAnswer(verifier.verify(abi.encodePacked(x), digest, good), no);
        assertAnswer(verifier.verify(abi.encodePacked(y, x), digest, good), no);
        assertAnswer(verifier.verify(key, digest, bytes.concat(good, hex"1b")), no);
        assertAnswer(verifier.verify(key, digest, ""), no);
        (bytes32 r, bytes32 s) = abi.decode(good, (bytes32, bytes32));
        uint256 n = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
        assertAnswer(verifier.verify(key, digest, abi.encodePacked(r, bytes32(n - uint256(s)))), no);
        assertAnswer(verifier.verify(key, digest, abi.encodePacked(s, r)), no);
    }

    function assertAnswer(bytes4 found, bytes4 expected) internal pure {
        vm.assertEq(bytes32(found), bytes32(expected));
    }

    // ---- TestEuro

    function test_TestEuro() public {
        vm.assertEq(euro.decimals(), 6);
        vm.assertEq(euro.symbol(), "tEUR");
        euro.mint(stranger, 7);
        vm.assertEq(euro.balanceOf(stranger), 7);
    }
}
