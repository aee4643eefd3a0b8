// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {FeedSlot} from "../types/TokenSlot.sol";
import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";
import {IFeeds} from "../interfaces/IFeeds.sol";

/// @title Feeds
/// @notice Prices of Chainlink feeds, believed only when they are fresh, complete and plausible.
library Feeds {
    /// @notice USD x 10^decimals of the feed for one whole token.
    function read(FeedSlot slot) internal view returns (uint256 price) {
        address feed = slot.feed();
        try IAggregatorV3(feed).latestRoundData() returns (
            uint80 roundId,
            int256 answer,
            uint256,
            uint256 updatedAt,
            uint80 answeredInRound
        ) {
            if (answer <= 0) revert IFeeds.FeedNotPositive(feed, answer);
            if (updatedAt == 0 || answeredInRound < roundId) {
                revert IFeeds.FeedIncomplete(feed, roundId, answeredInRound);
            }
            uint256 maxAge = slot.maxAge();
            if (updatedAt > block.timestamp || block.timestamp - updatedAt > maxAge) {
                revert IFeeds.FeedStale(feed, updatedAt, maxAge);
            }
            price = uint256(answer);
        } catch {
            revert IFeeds.FeedUnavailable(feed);
        }
        _checkBounds(slot, feed, price);
    }

    function _checkBounds(FeedSlot slot, address feed, uint256 price) private pure {
        (uint256 minimum, uint256 maximum) = (slot.minPriceE4(), slot.maxPriceE4());
        uint256 unit = 10 ** slot.decimals();
        // Compared without division, so that nothing is rounded; a price near 2^255 overflows no bound.
        if (
            price / unit > maximum || price * 1e4 < minimum * unit || price * 1e4 > maximum * unit
        ) {
            revert IFeeds.FeedOutOfBounds(feed, price, minimum, maximum);
        }
    }
}
