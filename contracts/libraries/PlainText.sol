// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title PlainText
/// @notice Makes texts that anybody wrote fit to be shown. For views: it walks over every byte.
library PlainText {
    bytes1 private constant UNFIT = "?";

    /// @notice The text as valid UTF-8 that XML 1.0 (section 2.2) allows: control characters become
    /// spaces; whatever is no character, turns the direction of reading or is forbidden by XML becomes a
    /// question mark.
    function clean(string memory text) internal pure returns (string memory) {
        bytes memory source = bytes(text);
        bytes memory cleaned = new bytes(source.length);
        uint256 length = 0;
        uint256 i = 0;
        while (i < source.length) {
            uint256 size = _sizeAt(source, i);
            if (size == 0) {
                cleaned[length++] = UNFIT;
                do ++i; while (i < source.length && _continues(source[i]));
            } else if (size == 1) {
                bool isControl = source[i] < 0x20 || source[i] == 0x7f;
                cleaned[length++] = isControl ? bytes1(" ") : source[i];
                ++i;
            } else {
                for (uint256 end = i + size; i < end; ++i) cleaned[length++] = source[i];
            }
        }
        return _first(cleaned, length);
    }

    /// @notice A clean text with the five characters of XML markup escaped.
    function escapeXml(string memory text) internal pure returns (string memory escaped) {
        bytes memory source = bytes(text);
        bytes memory target = new bytes(source.length * 6);
        uint256 length = 0;
        for (uint256 i = 0; i < source.length; ++i) {
            bytes memory piece = _entityOf(source[i]);
            for (uint256 j = 0; j < piece.length; ++j) target[length++] = piece[j];
        }
        return _first(target, length);
    }

    /// @notice The end of a line that begins at `start`: after the last space that still fits, or in
    /// the middle of a word that is longer than a line. Wide characters (three bytes and more) take the
    /// room of two.
    function lineEnd(
        bytes memory text,
        uint256 start,
        uint256 width
    ) internal pure returns (uint256 end) {
        uint256 room = width;
        uint256 lastSpace = 0;
        end = start;
        while (end < text.length) {
            uint256 size = _sizeAt(text, end);
            uint256 taken = size > 2 ? 2 : 1;
            if (taken > room) return lastSpace > start ? lastSpace : end;
            room -= taken;
            end += size;
            if (size == 1 && text[end - 1] == " ") lastSpace = end;
        }
    }

    function _entityOf(bytes1 character) private pure returns (bytes memory) {
        if (character == "&") return "&amp;";
        if (character == "<") return "&lt;";
        if (character == ">") return "&gt;";
        if (character == '"') return "&quot;";
        if (character == "'") return "&#39;";
        return abi.encodePacked(character);
    }

    /// @dev Bytes of the character that begins at `i`; 0 when none does that may be shown. RFC 3629.
    function _sizeAt(bytes memory text, uint256 i) private pure returns (uint256 size) {
        uint256 lead = uint8(text[i]);
        if (lead < 0x80) return 1;
        if (lead < 0xc2 || lead > 0xf4) return 0;
        size =
            lead < 0xe0
                ? 2
                : lead < 0xf0
                    ? 3
                    : 4;
        if (i + size > text.length) return 0;
        uint256 point = lead & (0x7f >> size);
        for (uint256 j = 1; j < size; ++j) {
            if (!_continues(text[i + j])) return 0;
            point = (point << 6) | (uint8(text[i + j]) & 0x3f);
        }
        if (_isOverlong(point, size) || _isUnfit(point)) return 0;
    }

    /// @dev Whether fewer bytes would do, or there is no such character at all.
    function _isOverlong(uint256 point, uint256 size) private pure returns (bool) {
        if (size == 3) return point < 0x800;
        return size == 4 && !_isWithin(point, 0x10000, 0x10ffff);
    }

    function _continues(bytes1 character) private pure returns (bool) {
        return character & 0xc0 == 0x80;
    }

    /// @dev C1 controls, surrogates, noncharacters; marks, overrides and isolates of direction (UAX 9).
    function _isUnfit(uint256 point) private pure returns (bool) {
        return
            _isWithin(point, 0x80, 0x9f) ||
            _isWithin(point, 0xd800, 0xdfff) ||
            _isWithin(point, 0xfffe, 0xffff) ||
            _isWithin(point, 0x200e, 0x200f) ||
            _isWithin(point, 0x202a, 0x202e) ||
            _isWithin(point, 0x2066, 0x2069);
    }

    function _isWithin(uint256 point, uint256 from, uint256 to) private pure returns (bool) {
        return point >= from && point <= to;
    }

    function _first(bytes memory buffer, uint256 length) private pure returns (string memory) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Shorter than it was made, so nothing else is touched.
            mstore(buffer, length)
        }
        return string(buffer);
    }
}
