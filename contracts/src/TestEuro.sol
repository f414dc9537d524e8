// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @title TestEuro
/// @notice Play money for local and test networks: anyone may mint. It has what EURC has: 6 decimals, EIP-2612
/// permit and ERC-3009 with random nonces.
contract TestEuro is ERC20Permit, ERC3009 {
    constructor() ERC20("Test Euro", "tEUR") ERC20Permit("Test Euro") {}

    /// @notice Creates `amount` micro-euro for `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice 6, as EURC and USDC.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
