// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title FunctionsRequest
/// @notice A request as the nodes of Chainlink Functions read it: CBOR (RFC 8949) of one key and value
/// after the other, without the head of a map. The source is JavaScript and travels in the request.
/// @dev Ten lines of CBOR instead of Chainlink's package, which brings the contracts of five other chains
/// and four versions of OpenZeppelin; test/functions decodes the bytes with the toolkit's own decoder.
library FunctionsRequest {
    /// @notice Of the format, as the router asks for it.
    uint16 internal constant VERSION = 1;

    uint256 private constant LONGEST = type(uint16).max;
    uint256 private constant SHORT = 24;

    /// @notice The text does not fit a request, bytes.
    error RequestTextTooLong(uint256 length, uint256 maximum);

    function encode(
        string calldata source,
        string[] memory args
    ) internal pure returns (bytes memory) {
        bytes memory list;
        for (uint256 i = 0; i < args.length; ++i) {
            bytes memory arg = bytes(args[i]);
            list = bytes.concat(list, _headOf(arg.length), arg);
        }
        return
            bytes.concat(
                // codeLocation 0: in the request; language 0: JavaScript.
                "\x6ccodeLocation\x00\x68language\x00\x66source",
                _headOf(bytes(source).length),
                bytes(source),
                // 9f ... ff: an array without a length in front.
                "\x64args\x9f",
                list,
                hex"ff"
            );
    }

    /// @dev The head of a text: major type 3 and its length (RFC 8949, section 3).
    function _headOf(uint256 length) private pure returns (bytes memory) {
        if (length > LONGEST) revert RequestTextTooLong(length, LONGEST);
        // Safe unchecked casts: the length fits what each writes.
        if (length < SHORT) return abi.encodePacked(uint8(0x60 + length));
        if (length <= type(uint8).max) return abi.encodePacked(hex"78", uint8(length));
        return abi.encodePacked(hex"79", uint16(length));
    }
}
