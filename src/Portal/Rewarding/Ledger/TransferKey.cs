using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// What keeps the reference of a transfer unique, and what it is found by: sixteen bytes are stored and compared faster than
/// a text.
/// </summary>
/// <remarks>
/// The first eight come from the reference and keep the order in which most are made: receipts and orders are numbered, ids
/// rise with time. Such references lie side by side in the index, so a group of them touches few of its pages, however large
/// it has grown. The last eight are from the SHA-256 of reference and ordinal, and tell apart what has the same place.
/// </remarks>
public static class TransferKey
{
    private const int OrdinalLength = 12;
    private const int PlaceSymbols = 16;

    /// <param name="operation">The reference of the change, with its kind before the first colon.</param>
    /// <param name="ordinal">Which of its transfers.</param>
    public static Guid Of(string operation, int ordinal)
    {
        Span<byte> text = stackalloc byte[640];
        if (!Encoding.UTF8.TryGetBytes(operation, text, out var length) || length > text.Length - OrdinalLength)
        {
            text = new byte[Encoding.UTF8.GetByteCount(operation) + OrdinalLength];
            length = Encoding.UTF8.GetBytes(operation, text);
        }
        text[length++] = (byte)'/';
        ordinal.TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(length + digits)], hash);
        BinaryPrimitives.WriteUInt64BigEndian(hash, Place(operation));
        return new(hash[..16], bigEndian: true);
    }

    /// <summary>
    /// Four bits for each letter or digit, from the first digit on: the digits of a number, and the hexadecimal ones of an id.
    /// What stands before them, such as the name of a shop, is the same for all of them and says nothing.
    /// </summary>
    private static ulong Place(string operation)
    {
        var reference = operation.AsSpan(operation.IndexOf(':', StringComparison.Ordinal) + 1);
        var (place, symbols) = (0UL, 0);
        foreach (var symbol in reference[Math.Max(0, reference.IndexOfAnyInRange('0', '9'))..])
        {
            if (!char.IsAsciiLetterOrDigit(symbol))
                continue;
            place = (place << 4) | (char.IsAsciiDigit(symbol) ? symbol - (uint)'0' : Math.Min((symbol | 0x20u) - 'a' + 10, 15));
            if (++symbols == PlaceSymbols)
                return place;
        }
        return symbols == 0 ? 0 : place << (4 * (PlaceSymbols - symbols));
    }
}
