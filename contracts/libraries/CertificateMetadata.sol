// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Project} from "../types/Project.sol";

/// @notice Certificates of an id: ever minted, ever cancelled, ever voided; and Wh that made no
/// certificate yet. One slot.
struct CertificateTotals {
    uint64 minted;
    uint64 cancelled;
    uint64 voided;
    uint64 remainderWh;
}

/// @title CertificateMetadata
/// @notice ERC-1155 metadata of an energy certificate, drawn from chain data alone.
library CertificateMetadata {
    using Strings for string;
    using Strings for uint256;

    /// @notice A `data:` address of the metadata as JSON.
    function uriOf(
        uint256 projectId,
        uint256 vintage,
        Project memory project,
        CertificateTotals memory totals
    ) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            '{"name":"TrueTonne energy ',
            project.plant.name.escapeJSON(),
            " ",
            vintage.toString(),
            '","description":"Electricity, measured by devices that sign. 1 unit is 1 MWh, claimed',
            ' as such and not as avoided CO2e.","decimals":0,"properties":{"projectId":',
            projectId.toString(),
            ',"vintage":',
            vintage.toString(),
            ',"country":"',
            project.plant.country,
            _amounts(totals)
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    /// @dev As text: JSON numbers lose digits above 2^53.
    function _amounts(CertificateTotals memory totals) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                '","minted":"',
                uint256(totals.minted).toString(),
                '","cancelled":"',
                uint256(totals.cancelled).toString(),
                '","voided":"',
                uint256(totals.voided).toString(),
                '"}}'
            );
    }
}
