// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Methodology} from "../types/Methodology.sol";
import {Project} from "../types/Project.sol";

/// @notice Grams of a credit id: ever minted, ever retired, in the buffer now, ever voided. One slot,
/// since serials have 64 bits. What is left of the minted is held.
struct Totals {
    uint64 mintedGrams;
    uint64 retiredGrams;
    uint64 bufferedGrams;
    uint64 voidedGrams;
}

/// @title CreditMetadata
/// @notice ERC-1155 metadata of a credit, drawn from chain data alone.
library CreditMetadata {
    using Strings for string;
    using Strings for uint256;

    /// @notice A `data:` address of the metadata as JSON.
    function uriOf(
        uint256 projectId,
        uint256 vintage,
        Project memory project,
        Methodology memory methodology,
        Totals memory totals
    ) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            _describe(project.plant.name.escapeJSON(), vintage),
            _properties(projectId, vintage, project, methodology),
            _amounts(totals)
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function _describe(string memory name, uint256 vintage) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                '{"name":"TrueTonne ',
                name,
                " ",
                vintage.toString(),
                '","description":"CO2e avoided, measured by devices that sign. 1 unit is 1 gram;',
                ' 1.000000 is 1 tonne.","decimals":6,"properties":{'
            );
    }

    function _properties(
        uint256 projectId,
        uint256 vintage,
        Project memory project,
        Methodology memory methodology
    ) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                '"projectId":',
                projectId.toString(),
                ',"vintage":',
                vintage.toString(),
                ',"country":"',
                project.plant.country,
                '","methodology":"',
                string.concat(methodology.code, " ", methodology.version).escapeJSON(),
                '","factorUgPerWh":',
                uint256(project.factorUgPerWh).toString()
            );
    }

    /// @dev As text: JSON numbers lose digits above 2^53.
    function _amounts(Totals memory totals) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ',"mintedGrams":"',
                uint256(totals.mintedGrams).toString(),
                '","retiredGrams":"',
                uint256(totals.retiredGrams).toString(),
                '","bufferedGrams":"',
                uint256(totals.bufferedGrams).toString(),
                '","voidedGrams":"',
                uint256(totals.voidedGrams).toString(),
                '"}}'
            );
    }
}
