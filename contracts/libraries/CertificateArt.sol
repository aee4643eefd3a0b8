// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Certificate} from "../types/Certificate.sol";
import {Methodology} from "../types/Methodology.sol";
import {PlainText} from "./PlainText.sol";
import {Project} from "../types/Project.sol";
import {Retirement} from "../types/Retirement.sol";
import {UtcDate} from "./UtcDate.sol";

/// @notice All that a certificate tells of.
struct Facts {
    uint256 retirementId;
    uint256 vintage;
    address credit;
    Retirement retirement;
    Certificate certificate;
    Project project;
    Methodology methodology;
}

/// @title CertificateArt
/// @notice Picture and text of a certificate, drawn from chain data alone.
library CertificateArt {
    using Bytes for bytes;
    using PlainText for bytes;
    using PlainText for string;
    using Strings for address;
    using Strings for bytes32;
    using Strings for string;
    using Strings for uint256;

    uint256 private constant LINE_WIDTH = 66;
    uint256 private constant LINE_HEIGHT = 28;
    uint256 private constant GRAMS_PER_TONNE = 1_000_000;

    /// @notice A `data:` address of the metadata as JSON, picture included.
    function uriOf(Facts memory facts) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            '{"name":"TrueTonne certificate ',
            facts.retirementId.toString(),
            '","description":"',
            _sentence(facts).escapeJSON(),
            '","image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(_svg(facts))),
            '","attributes":[',
            _attributes(facts),
            "]}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function _sentence(Facts memory facts) private pure returns (string memory) {
        return
            string.concat(
                _tonnes(facts.retirement.grams),
                " t CO2e of ",
                facts.project.plant.name.clean(),
                ", ",
                facts.vintage.toString(),
                ", were retired on ",
                UtcDate.textOf(facts.retirement.retiredAt),
                " in the name of ",
                facts.retirement.account.toChecksumHexString(),
                ". This certificate can't be transferred."
            );
    }

    function _attributes(Facts memory facts) private pure returns (bytes memory) {
        Certificate memory c = facts.certificate;
        return
            abi.encodePacked(
                _trait("Grams CO2e", uint256(facts.retirement.grams).toString()),
                ",",
                _trait("Account", facts.retirement.account.toChecksumHexString()),
                ",",
                _trait("Beneficiary", _beneficiary(c)),
                ",",
                _trait("Purpose", c.purpose.clean()),
                ",",
                _trait("Period", _period(c)),
                ",",
                _trait("Retired on", UtcDate.textOf(facts.retirement.retiredAt)),
                ",",
                _projectTraits(facts)
            );
    }

    function _projectTraits(Facts memory facts) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                _trait("Project", facts.project.plant.name.clean()),
                ",",
                _trait("Country", string(abi.encodePacked(facts.project.plant.country))),
                ",",
                _trait("Vintage", facts.vintage.toString()),
                ",",
                _trait("Methodology", _methodology(facts)),
                ",",
                _trait("Serials", _serials(facts.retirement)),
                ",",
                _trait("Credit", facts.retirement.creditId.toString())
            );
    }

    function _trait(string memory key, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', key, '","value":"', value.escapeJSON(), '"}');
    }

    /// @dev 1000 x 720. Every text of others is cleaned and escaped.
    function _svg(Facts memory facts) private pure returns (string memory) {
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 720" ',
                'font-family="Montserrat,Open Sans,Helvetica,Arial,sans-serif" fill="#212121">',
                '<rect width="1000" height="720" fill="#F5F5F5"/>',
                '<rect x="24" y="24" width="952" height="672" rx="16" fill="#fff" stroke="#2E7D32" ',
                'stroke-width="2"/><path d="M24 40a16 16 0 0 1 16-16h920a16 16 0 0 1 16 16v84H24z" ',
                'fill="#2E7D32"/><rect x="24" y="124" width="952" height="6" fill="#8BC34A"/>',
                _text(56, 88, 34, "#fff", "Retirement certificate"),
                '<text x="944" y="86" font-size="24" fill="#fff" text-anchor="end">TrueTonne</text>',
                _body(facts),
                "</svg>"
            );
    }

    function _body(Facts memory facts) private pure returns (string memory) {
        Certificate memory c = facts.certificate;
        (string memory beneficiary, uint256 used) = _paragraph(296, _beneficiary(c));
        (string memory purpose, ) = _paragraph(
            332 + used,
            string.concat(_purpose(c), _isSet(c) ? string.concat(" (", _period(c), ")") : "")
        );
        return
            string.concat(
                _text(
                    56,
                    216,
                    60,
                    "#2E7D32",
                    string.concat(_tonnes(facts.retirement.grams), " t CO2e")
                ),
                _text(56, 266, 16, "#5f6368", "Retired for"),
                beneficiary,
                purpose,
                _foot(facts)
            );
    }

    function _foot(Facts memory facts) private pure returns (string memory) {
        Retirement memory r = facts.retirement;
        return
            string.concat(
                _fact(530, "In the name of", r.account.toChecksumHexString()),
                _fact(
                    558,
                    "Project, vintage",
                    string.concat(
                        facts.project.plant.name.clean(),
                        " (",
                        string(abi.encodePacked(facts.project.plant.country)),
                        "), ",
                        facts.vintage.toString()
                    )
                ),
                _fact(586, "Methodology", _methodology(facts)),
                _fact(
                    614,
                    "Serials, retired on",
                    string.concat(_serials(r), ", ", UtcDate.textOf(r.retiredAt))
                ),
                _fact(642, "Contract", string.concat(facts.credit.toChecksumHexString())),
                _fact(670, "Certificate", facts.retirementId.toString())
            );
    }

    function _fact(
        uint256 y,
        string memory label,
        string memory value
    ) private pure returns (string memory) {
        return
            string.concat(_text(56, y, 16, "#5f6368", label), _text(236, y, 16, "#212121", value));
    }

    /// @dev Lines of at most {LINE_WIDTH}. `used` is the height of all but the first.
    function _paragraph(
        uint256 y,
        string memory words
    ) private pure returns (string memory drawn, uint256 used) {
        bytes memory text = bytes(words);
        uint256 start = 0;
        while (start < text.length) {
            uint256 end = text.lineEnd(start, LINE_WIDTH);
            if (start != 0) used += LINE_HEIGHT;
            drawn = string.concat(
                drawn,
                _text(56, y + used, 22, "#212121", string(text.slice(start, end)))
            );
            start = end;
        }
    }

    function _text(
        uint256 x,
        uint256 y,
        uint256 size,
        string memory colour,
        string memory words
    ) private pure returns (string memory) {
        return
            string.concat(
                '<text x="',
                x.toString(),
                '" y="',
                y.toString(),
                '" font-size="',
                size.toString(),
                '" fill="',
                colour,
                '">',
                words.escapeXml(),
                "</text>"
            );
    }

    function _beneficiary(Certificate memory c) private pure returns (string memory) {
        if (bytes(c.beneficiary).length != 0) return c.beneficiary.clean();
        if (c.commitment != 0) return "a beneficiary kept private";
        return "the account below";
    }

    function _purpose(Certificate memory c) private pure returns (string memory) {
        return bytes(c.purpose).length == 0 ? "no purpose given" : c.purpose.clean();
    }

    function _isSet(Certificate memory c) private pure returns (bool) {
        return c.periodUntil != 0;
    }

    function _period(Certificate memory c) private pure returns (string memory) {
        if (!_isSet(c)) return "";
        return string.concat(UtcDate.textOf(c.periodFrom), " to ", UtcDate.textOf(c.periodUntil));
    }

    function _methodology(Facts memory facts) private pure returns (string memory) {
        return string.concat(facts.methodology.code, " ", facts.methodology.version).clean();
    }

    /// @dev First and last.
    function _serials(Retirement memory r) private pure returns (string memory) {
        uint256 first = r.firstSerial;
        return string.concat(first.toString(), " to ", (first + r.grams - 1).toString());
    }

    /// @dev Exact: a gram is the sixth decimal.
    function _tonnes(uint256 grams) private pure returns (string memory) {
        bytes memory decimals = bytes((GRAMS_PER_TONNE + (grams % GRAMS_PER_TONNE)).toString());
        return string.concat((grams / GRAMS_PER_TONNE).toString(), ".", string(decimals.slice(1)));
    }
}
