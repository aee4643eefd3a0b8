// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IERC5643} from "./subscriptions/interfaces/IERC5643.sol";
import {Views} from "./subscriptions/parts/Views.sol";

/// @title TonneSubscriptions
/// @notice Sells plans for time, and gives back what is not used. Immutable: no proxy, no upgrade.
contract TonneSubscriptions is Views, IERC165 {
    /// @param operator Sells plans, accepts tokens and withdraws what is earned, and can do nothing else.
    /// @param treasury_ Where earned money goes.
    /// @param arbiter_ Decides disputes.
    constructor(address operator, address treasury_, address arbiter_) Ownable(operator) {
        _setTreasury(treasury_);
        _setArbiter(arbiter_);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC5643).interfaceId || interfaceId == type(IERC165).interfaceId;
    }
}
