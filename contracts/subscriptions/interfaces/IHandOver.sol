// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title IHandOver
/// @notice A subscription moves to another wallet of the organisation, in two steps.
interface IHandOver {
    /// @notice `to` may take the subscription over; zero: nobody may any more.
    event HandOverOffered(address indexed from, address indexed to);

    /// @notice The subscription of `from` is that of `to` now, with all its money and paid terms. Keepers
    /// may not renew it until `to` agrees.
    event HandedOver(address indexed from, address indexed to);

    /// @notice The subscription was not offered to the caller.
    error HandOverNotOffered(address from, address to);

    /// @notice Offers the caller's subscription to a wallet; zero takes the offer back.
    function offerHandOver(address to) external;

    /// @notice Takes over a subscription that was offered.
    ///
    /// Requirements:
    /// - it runs or is in grace and is not disputed; the caller has none that does.
    function acceptHandOver(address from) external;

    /// @notice Whom the subscription is offered to.
    function handOverOf(address from) external view returns (address to);
}
